using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace EvenKeel.TestServers;

/// <summary>A PostgreSQL on a free port of 127.0.0.1, which the tests of a class share.</summary>
public sealed class PostgresServer : IAsyncLifetime
{
    private const string Programs = "/usr/lib/postgresql/15/bin";
    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"evenkeel-postgres-{Environment.ProcessId}-{Interlocked.Increment(ref _made)}");
    private static int _made;
    private static int _databases;
    private Process? _process;
    private int _port;

    /// <summary>Creates an empty database.</summary>
    /// <returns>Its address as postgres://...</returns>
    public async Task<string> CreateDatabaseAsync()
    {
        if (!File.Exists(Programs + "/postgres"))
        {
            Assert.Skip("SKIPPED, PostgreSQL 15 is not installed: apt-get install postgresql-15");
        }

        string name = "test" + Interlocked.Increment(ref _databases).ToString(CultureInfo.InvariantCulture);
        await ExecuteAsync("postgres", $"CREATE DATABASE {name}");
        return $"postgres://postgres@127.0.0.1:{_port}/{name}";
    }

    public async ValueTask InitializeAsync()
    {
        if (!File.Exists(Programs + "/postgres"))
        {
            return;
        }

        await RunAsync(
            "/usr/bin/install",
            Environment.IsPrivilegedProcess ? ["-d", "-o", "postgres", "-g", "postgres", "-m", "700", _folder] : ["-d", "-m", "700", _folder]);
        await RunAsync(Programs + "/initdb", ["-D", _folder + "/data", "-A", "trust", "-U", "postgres", "--no-sync", "-E", "UTF8"], asPostgres: true);
        using (var probe = new Socket(SocketType.Stream, ProtocolType.Tcp))
        {
            probe.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            _port = ((IPEndPoint)probe.LocalEndPoint!).Port;
        }

        await StartAsync();
    }

    /// <summary>Starts it, again on the same port, and waits until it answers.</summary>
    public async Task StartAsync()
    {
        _process = Launch(
            Programs + "/postgres",
            ["-D", _folder + "/data", "-p", _port.ToString(CultureInfo.InvariantCulture), "-k", _folder, "-c", "listen_addresses=127.0.0.1", "-c", "fsync=off"],
            asPostgres: true);
        for (int poll = 0; ; poll++)
        {
            try
            {
                await ExecuteAsync("postgres", "SELECT 1");
                return;
            }
            catch (NpgsqlException) when (poll < 600 && !_process.HasExited)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, TestContext.Current.CancellationToken);
            }
        }
    }

    /// <summary>Ends it; all connections break.</summary>
    public async Task StopAsync()
    {
        await RunAsync("/bin/kill", ["-INT", _process!.Id.ToString(CultureInfo.InvariantCulture)]);
        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
        _process = null;
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await StopAsync();
            Directory.Delete(_folder, recursive: true);
        }
    }

    private async Task ExecuteAsync(string database, string sql)
    {
        await using NpgsqlDataSource source = NpgsqlDataSource.Create(
            $"Host=127.0.0.1;Port={_port};Username=postgres;Database={database};Pooling=false;Timeout=5");
        await using NpgsqlCommand command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    private static async Task RunAsync(string program, string[] arguments, bool asPostgres = false)
    {
        using Process process = Launch(program, arguments, asPostgres);
        await process.WaitForExitAsync(CancellationToken.None);
        Assert.True(process.ExitCode == 0, $"{program} ended with {process.ExitCode}");
    }

    private static Process Launch(string program, string[] arguments, bool asPostgres)
    {
        string[] whole = asPostgres && Environment.IsPrivilegedProcess
            ? ["/usr/bin/setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", program, .. arguments]
            : [program, .. arguments];
        var start = new ProcessStartInfo(whole[0]) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = "/" };
        foreach (string argument in whole.Skip(1))
        {
            start.ArgumentList.Add(argument);
        }

        Process process = Process.Start(start)!;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }
}

using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace EvenKeel.TestServers;

/// <summary>A redis-server on a free port of 127.0.0.1, which a test owns. Skips the test loudly where none is installed.</summary>
internal sealed class RedisServer : IAsyncDisposable
{
    private const string Program = "/usr/bin/redis-server";
    private readonly string _folder = Directory.CreateTempSubdirectory("evenkeel-redis-").FullName;
    private readonly string[] _options;
    private Process? _process;

    private RedisServer(string[] options) => _options = options;

    /// <summary>Where it listens.</summary>
    public IPEndPoint Address { get; private set; } = new(IPAddress.Loopback, 0);

    /// <summary>Starts one and waits until it answers.</summary>
    public static async Task<RedisServer> StartAsync(params string[] options)
    {
        if (!File.Exists(Program))
        {
            Assert.Skip("SKIPPED, redis-server is not installed: apt-get install redis-server");
        }

        var server = new RedisServer(options);

        // A port that was free a moment ago may be taken by another test: then the server ends at once and the next port is tried.
        for (int attempt = 0; attempt < 5; attempt++)
        {
            server.Address = new IPEndPoint(IPAddress.Loopback, FreePort());
            if (await server.TryLaunchAsync())
            {
                return server;
            }
        }

        throw new InvalidOperationException("redis-server did not start on five free ports; see " + server._folder);
    }

    /// <summary>Ends it as a crash does.</summary>
    public async Task KillAsync()
    {
        _process!.Kill();
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Stops it from running, as a machine that hangs does; its connections stay open.</summary>
    public void Pause() => Signal("-STOP");

    /// <summary>Lets it run on.</summary>
    public void Resume() => Signal("-CONT");

    /// <summary>Starts it again on the same port, empty.</summary>
    public async Task RestartAsync() => Assert.True(await TryLaunchAsync(), "redis-server did not start again");

    public async ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false })
        {
            _process.Kill();
            await _process.WaitForExitAsync(CancellationToken.None);
        }

        _process?.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private void Signal(string signal)
    {
        using Process kill = Process.Start("/bin/kill", [signal, _process!.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
        Assert.Equal(0, kill.ExitCode);
    }

    private static int FreePort()
    {
        using var probe = new Socket(SocketType.Stream, ProtocolType.Tcp);
        probe.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)probe.LocalEndPoint!).Port;
    }

    private async Task<bool> TryLaunchAsync()
    {
        var start = new ProcessStartInfo(Program) { RedirectStandardOutput = true, RedirectStandardError = true };
        string[] arguments =
        [
            "--port", Address.Port.ToString(System.Globalization.CultureInfo.InvariantCulture), "--bind", "127.0.0.1", "--dir", _folder,
            "--save", "", "--appendonly", "no", "--daemonize", "no", "--logfile", Path.Combine(_folder, "log"), .. _options,
        ];
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        _process?.Dispose();
        _process = Process.Start(start)!;
        for (int poll = 0; poll < 500 && !_process.HasExited; poll++)
        {
            if (await AnswersAsync())
            {
                return true;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, TestContext.Current.CancellationToken);
        }

        return false;
    }

    private async Task<bool> AnswersAsync()
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(Address);
            await socket.SendAsync("PING\r\n"u8.ToArray());
            byte[] answer = new byte[64];
            int length = await socket.ReceiveAsync(answer);
            return length > 0 && answer[0] is (byte)'+' or (byte)'-';
        }
        catch (SocketException)
        {
            return false;
        }
    }
}

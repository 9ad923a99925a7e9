using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace MeteringTimes.Processes;

/// <summary>A server that is started, awaited and ended here.</summary>
internal sealed class Server : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);
    private static readonly ConcurrentDictionary<Server, bool> Running = new();
    private readonly Process _process;
    private readonly string _signal;

    private Server(Process process, int port, string signal)
    {
        _process = process;
        _signal = signal;
        Address = new IPEndPoint(IPAddress.Loopback, port);
        Running[this] = true;
    }

    public int Id => _process.Id;

    public IPEndPoint Address { get; }

    /// <summary>Tells all servers to end, when this program is told to.</summary>
    public static void EndAll()
    {
        foreach (var server in Running.Keys)
        {
            server.Tell();
        }
    }

    /// <summary>A port that nobody listens on now.</summary>
    public static int FreePort()
    {
        using var probe = new Socket(SocketType.Stream, ProtocolType.Tcp);
        probe.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)probe.LocalEndPoint!).Port;
    }

    /// <summary>Starts a server and waits until it answers a request with 200.</summary>
    /// <param name="folder">Its working directory, which gets its log.</param>
    /// <param name="program">The program.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="port">Where it is going to listen.</param>
    /// <param name="path">What to ask for.</param>
    /// <param name="environment">Variables.</param>
    /// <param name="signal">What ends it.</param>
    public static async Task<Server> StartAsync(
        string folder, string program, string[] arguments, int port, string path, IEnumerable<(string Name, string Value)> environment, string signal = "TERM")
    {
        var start = new ProcessStartInfo("/bin/sh") { WorkingDirectory = folder };
        var log = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{Path.GetFileName(program)}-{port}.log"));
        foreach (var word in new[] { "-c", "exec \"$@\" >>\"$LOG\" 2>&1 </dev/null", "sh", program }.Concat(arguments))
        {
            start.ArgumentList.Add(word);
        }

        start.Environment["LOG"] = log;
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var server = new Server(Process.Start(start)!, port, signal);
        try
        {
            await server.ReadyAsync(path);
            return server;
        }
        catch (TimeoutException)
        {
            await server.DisposeAsync();
            throw new BenchmarkException($"{program} is not ready on port {port} after {Patience.TotalSeconds:0} s: {string.Join(" | ", File.ReadLines(log).TakeLast(5))}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (Running.TryRemove(this, out _))
        {
            Tell();
            await _process.WaitForExitAsync();
            _process.Dispose();
        }
    }

    private void Tell()
    {
        if (!_process.HasExited)
        {
            using var kill = Process.Start("/bin/kill", [$"-{_signal}", _process.Id.ToString(CultureInfo.InvariantCulture)]);
            kill.WaitForExit();
        }
    }

    private async Task ReadyAsync(string path)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { Timeout = TimeSpan.FromSeconds(2) };
        for (var start = TimeProvider.System.GetTimestamp(); ;)
        {
            try
            {
                using var answer = await http.GetAsync(new Uri($"http://{Address}{path}"));
                if (answer.IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (Exception error) when (error is HttpRequestException or OperationCanceledException)
            {
                // Not yet.
            }

            if (_process.HasExited || TimeProvider.System.GetElapsedTime(start) > Patience)
            {
                throw new TimeoutException();
            }

            await Task.Delay(Look, TimeProvider.System, CancellationToken.None);
        }
    }
}

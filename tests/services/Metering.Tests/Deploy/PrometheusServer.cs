using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Metering.Tests.Instances;

namespace Metering.Tests.Deploy;

/// <summary>A real Prometheus on a free port of 127.0.0.1, which a test owns. Skips the test loudly where none is installed.</summary>
internal sealed class PrometheusServer : IAsyncDisposable
{
    private const string Program = "/usr/bin/prometheus";
    private readonly string _folder = Directory.CreateTempSubdirectory("evenkeel-prometheus-").FullName;
    private HttpClient _client = new();
    private Process? _process;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Starts one with a configuration and waits until it is ready.</summary>
    public static async Task<PrometheusServer> StartAsync(string configuration)
    {
        Tool.Need(Program, "prometheus");
        var server = new PrometheusServer();
        await File.WriteAllTextAsync(Path.Combine(server._folder, "prometheus.yml"), configuration, Token);

        // A port that was free a moment ago may be taken by another test: then it ends at once and the next port is tried.
        for (int attempt = 0; attempt < 5; attempt++)
        {
            if (await server.TryLaunchAsync())
            {
                return server;
            }
        }

        await server.DisposeAsync();
        throw new InvalidOperationException("prometheus did not start on five free ports with this configuration: " + configuration);
    }

    /// <summary>Asks for the value of an expression now.</summary>
    /// <returns>How many series it has, or the error that it was refused with.</returns>
    public async Task<(int Series, string? Error)> QueryAsync(string expression)
    {
        using HttpResponseMessage response = await _client.GetAsync("/api/v1/query?query=" + Uri.EscapeDataString(expression), Token);
        using var answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync(Token));
        return answer.RootElement.GetProperty("status").GetString() == "success"
            ? (answer.RootElement.GetProperty("data").GetProperty("result").GetArrayLength(), null)
            : (0, answer.RootElement.GetProperty("error").GetString());
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        if (_process is { HasExited: false })
        {
            _process.Kill();
            await _process.WaitForExitAsync(CancellationToken.None);
        }

        _process?.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task<bool> TryLaunchAsync()
    {
        string address = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{FreePort()}");
        _client.Dispose();
        _client = new HttpClient { BaseAddress = new Uri($"http://{address}"), Timeout = TimeSpan.FromSeconds(10) };
        _process?.Dispose();
        _process = Process.Start(new ProcessStartInfo(Program,
        [
            $"--config.file={_folder}/prometheus.yml", $"--storage.tsdb.path={_folder}/data", $"--web.listen-address={address}", "--log.level=error",
        ]))!;
        await Until.TrueAsync("a ready Prometheus", async () => _process.HasExited || await IsReadyAsync());
        return !_process.HasExited;
    }

    private async Task<bool> IsReadyAsync()
    {
        try
        {
            using HttpResponseMessage ready = await _client.GetAsync("/-/ready", Token);
            return ready.StatusCode == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var probe = new Socket(SocketType.Stream, ProtocolType.Tcp);
        probe.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)probe.LocalEndPoint!).Port;
    }
}

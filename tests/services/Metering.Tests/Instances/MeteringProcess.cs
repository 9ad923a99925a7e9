using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Metering.Schema;

namespace Metering.Tests.Instances;

/// <summary>One real instance: the built program in a process of its own, which a test may pause and kill.</summary>
internal sealed partial class MeteringProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly HttpClient _client;
    private readonly Task<string[]> _output;

    private MeteringProcess(Process process, Uri address, TimeSpan patience)
    {
        _process = process;
        _client = new HttpClient { BaseAddress = address, Timeout = patience };

        // A pipe that nobody reads would stop it once it is full.
        _output = Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
    }

    /// <summary>Starts one on a free port and waits until it is ready.</summary>
    /// <param name="patience">How long its senders wait for an answer.</param>
    /// <param name="environment">Its variables.</param>
    public static async Task<MeteringProcess> StartAsync(TimeSpan patience, params (string Name, string Value)[] environment)
    {
        Process process = Launch([("PORT", "0"), ("METERING_SEED", "demo"), .. environment]);

        // A Redis that is away is told of before the line that says where it listens.
        string? line;
        Match match;
        do
        {
            line = await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
            match = Address().Match(line ?? "");
        }
        while (line is not null && !match.Success);

        string errors = match.Success ? "" : await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        Assert.True(match.Success, $"The last line was '{line}'; {errors}");
        var started = new MeteringProcess(process, new Uri(match.Value), patience);
        await Until.TrueAsync("a ready instance", async () =>
        {
            using var asking = new HttpClient();
            var health = new Uri(started._client.BaseAddress!, "/actuator/health");
            using HttpResponseMessage ready = await asking.GetAsync(health, TestContext.Current.CancellationToken);
            return ready.StatusCode == HttpStatusCode.OK;
        });
        return started;
    }

    /// <summary>Runs one that is expected to end at once.</summary>
    public static async Task<(int ExitCode, string Error)> RunAsync(params (string Name, string Value)[] environment)
    {
        using Process process = Launch(environment);
        string error = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, error);
    }

    /// <summary>Sends an event until it is acknowledged, as a sender has to who does not know what became of it.</summary>
    /// <returns>The status that acknowledged it; null when the instance is gone.</returns>
    public async Task<HttpStatusCode?> SendAsync(string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/events") { Content = content };
        request.Headers.Add("X-API-Key", DemoData.AcmeKey);
        try
        {
            using HttpResponseMessage response = await _client.SendAsync(request, TestContext.Current.CancellationToken);
            return response.StatusCode;
        }
        catch (Exception error) when (error is HttpRequestException or OperationCanceledException)
        {
            return null;
        }
    }

    public Task<string> MetricsAsync() => _client.GetStringAsync("/metrics", TestContext.Current.CancellationToken);

    public void Pause() => Signal("-STOP");

    public void Resume() => Signal("-CONT");

    /// <summary>Asks it to stop and waits for its end.</summary>
    public async Task<int> StopAsync()
    {
        Signal("-TERM");
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return _process.ExitCode;
    }

    /// <summary>Ends it as a crash does.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync(CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        if (!_process.HasExited)
        {
            await KillAsync();
        }

        TestContext.Current.SendDiagnosticMessage(string.Concat(await _output));
        _process.Dispose();
    }

    private static Process Launch((string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "Metering")) { RedirectStandardOutput = true, RedirectStandardError = true };
        string[] names = [.. start.Environment.Keys];
        foreach (string inherited in names.Where(name => name is "PORT" or "SPRING_PROFILES_ACTIVE" || name.StartsWith("METERING_", StringComparison.Ordinal)))
        {
            start.Environment.Remove(inherited);
        }

        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    private void Signal(string signal)
    {
        using Process kill = Process.Start("/bin/kill", [signal, _process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
        Assert.Equal(0, kill.ExitCode);
    }

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+")]
    private static partial Regex Address();
}

using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Albums.Tests.Instances;

/// <summary>One real instance of the service: the built program in a process of its own.</summary>
internal sealed partial class AlbumsInstance : IAsyncDisposable
{
    private readonly Process _process;
    private readonly HttpClient _client;

    private AlbumsInstance(Process process, Uri address, string started)
    {
        _process = process;
        _client = new HttpClient { BaseAddress = address };
        Started = started;
    }

    /// <summary>The line that it logged at its start.</summary>
    public string Started { get; }

    /// <summary>Starts one on a free port.</summary>
    public static async Task<AlbumsInstance> StartAsync(params (string Name, string Value)[] environment)
    {
        Process process = Launch([("PORT", "0"), .. environment]);
        string? line = await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
        Match match = Address().Match(line ?? "");
        Assert.True(
            match.Success,
            $"The first line was '{line}'; {(process.HasExited ? await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken) : "")}");
        return new AlbumsInstance(process, new Uri(match.Value), line!);
    }

    /// <summary>Runs one that is expected to end at once.</summary>
    public static async Task<(int ExitCode, string Error)> RunAsync(params (string Name, string Value)[] environment)
    {
        using Process process = Launch(environment);
        string error = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, error);
    }

    public async Task<int> CountAsync()
    {
        string body = await _client.GetStringAsync("/albums", TestContext.Current.CancellationToken);
        return JsonDocument.Parse(body).RootElement.GetArrayLength();
    }

    public async Task AddBettyCarterAsync()
    {
        using var body = new StringContent("""{"id":"4","title":"The Modern Sound of Betty Carter","artist":"Betty Carter","price":49.99}""");
        using HttpResponseMessage response = await _client.PostAsync("/albums", body, TestContext.Current.CancellationToken);
        Assert.Equal(System.Net.HttpStatusCode.Created, response.StatusCode);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync(CancellationToken.None);
        }

        _process.Dispose();
    }

    private static Process Launch((string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "Albums")) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string inherited in new[] { "PORT", "ASPNETCORE_HTTP_PORTS", "ASPNETCORE_URLS", "ALBUMS_STORE", "ALBUMS_BUG", "ConnectionStrings__EvenKeel" })
        {
            start.Environment.Remove(inherited);
        }

        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+")]
    private static partial Regex Address();
}

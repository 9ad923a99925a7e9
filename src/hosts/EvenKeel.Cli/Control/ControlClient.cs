using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using EvenKeel.Cli.Exits;
using EvenKeel.Cli.RunFiles;

namespace EvenKeel.Cli.Control;

/// <summary>Talks to the control API of a running cluster. What the API refuses becomes a <see cref="CommandException"/> with its exit code.</summary>
internal sealed class ControlClient : IDisposable
{
    private readonly HttpClient _http;
    private readonly RunFile _run;

    public ControlClient(RunFile run, string? token)
    {
        _run = run;
        _http = new HttpClient(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false })
        {
            BaseAddress = run.Control,
            Timeout = Timeout.InfiniteTimeSpan,
        };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    public async Task<ClusterView> ClusterAsync(CancellationToken cancellation)
    {
        using var reply = await SendAsync(HttpMethod.Get, "api/v1/instances", HttpCompletionOption.ResponseContentRead, cancellation);
        return (await reply.Content.ReadFromJsonAsync(ControlJson.Default.ClusterView, cancellation))!;
    }

    /// <summary>Kills, pauses, resumes or restarts instances; completes when that was observed.</summary>
    public async Task ActAsync(string action, IReadOnlyList<string> instances, CancellationToken cancellation)
    {
        var query = string.Join('&', instances.Select(name => "instance=" + Uri.EscapeDataString(name)));
        using var reply = await SendAsync(HttpMethod.Post, $"api/v1/instances:{action}?{query}", HttpCompletionOption.ResponseContentRead, cancellation);
    }

    public async Task ScaleAsync(string service, int instances, CancellationToken cancellation)
    {
        var path = $"api/v1/services/{Uri.EscapeDataString(service)}:scale?instances={instances}";
        using var reply = await SendAsync(HttpMethod.Post, path, HttpCompletionOption.ResponseContentRead, cancellation);
    }

    /// <summary>Drains an endpoint; completes when no request is under way.</summary>
    public async Task DrainAsync(string endpoint, int seconds, CancellationToken cancellation)
    {
        var path = $"api/v1/endpoints/{Uri.EscapeDataString(endpoint)}:drain?wait={seconds}";
        using var reply = await SendAsync(HttpMethod.Post, path, HttpCompletionOption.ResponseContentRead, cancellation);
    }

    /// <summary>Lets a drained endpoint have requests again.</summary>
    public async Task UndrainAsync(string endpoint, CancellationToken cancellation)
    {
        var path = $"api/v1/endpoints/{Uri.EscapeDataString(endpoint)}:undrain";
        using var reply = await SendAsync(HttpMethod.Post, path, HttpCompletionOption.ResponseContentRead, cancellation);
    }

    /// <summary>Lets the cluster read its file again.</summary>
    public async Task<ReloadView> ReloadAsync(CancellationToken cancellation)
    {
        using var reply = await SendAsync(HttpMethod.Post, "api/v1/configuration:reload", HttpCompletionOption.ResponseContentRead, cancellation);
        return (await reply.Content.ReadFromJsonAsync(ControlJson.Default.ReloadView, cancellation))!;
    }

    /// <summary>Asks the cluster to stop; its process ends some time after the reply.</summary>
    public async Task DownAsync(CancellationToken cancellation)
    {
        using var reply = await SendAsync(HttpMethod.Post, "api/v1/cluster:down", HttpCompletionOption.ResponseContentRead, cancellation);
    }

    /// <summary>The last lines of the logs, and with <paramref name="follow"/> those that come.</summary>
    public async IAsyncEnumerable<LogView> LogsAsync(
        IReadOnlyList<string> instances, int tail, bool follow, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        var query = string.Concat(instances.Select(name => "&instance=" + Uri.EscapeDataString(name)));
        using var reply = await SendAsync(
            HttpMethod.Get, $"api/v1/logs?tail={tail}&follow={(follow ? "true" : "false")}{query}", HttpCompletionOption.ResponseHeadersRead, cancellation);
        using var lines = new StreamReader(await reply.Content.ReadAsStreamAsync(cancellation));
        while (await ReadLineAsync(lines, cancellation) is { } line)
        {
            yield return JsonSerializer.Deserialize(line, ControlJson.Default.LogView)!;
        }
    }

    public void Dispose() => _http.Dispose();

    // A cluster that goes down while its logs are followed ends them; that is no error of the reader.
    private static async Task<string?> ReadLineAsync(StreamReader lines, CancellationToken cancellation)
    {
        try
        {
            return await lines.ReadLineAsync(cancellation);
        }
        catch (Exception error) when (error is IOException or HttpIOException)
        {
            return null;
        }
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, HttpCompletionOption completion, CancellationToken cancellation)
    {
        HttpResponseMessage reply;
        try
        {
            using var request = new HttpRequestMessage(method, path);
            reply = await _http.SendAsync(request, completion, cancellation);
        }
        catch (HttpRequestException error)
        {
            throw new CommandException(ExitCode.NotFound, "EK3002", $"the supervisor of '{_run.Name}' (pid {_run.Pid}) does not answer at {_run.Control}: {error.Message}",
                "see whether it still runs with 'evenkeel ps', or start it again with 'evenkeel up -d'");
        }

        if (reply.IsSuccessStatusCode)
        {
            return reply;
        }

        using (reply)
        {
            throw await ProblemOfAsync(reply, cancellation);
        }
    }

    private async Task<CommandException> ProblemOfAsync(HttpResponseMessage reply, CancellationToken cancellation)
    {
        var text = await reply.Content.ReadAsStringAsync(cancellation);
        try
        {
            var problem = JsonSerializer.Deserialize(text, ControlJson.Default.ProblemView)!;
            return new CommandException((ExitCode)problem.Exit, problem.Code, problem.Title, problem.Help);
        }
        catch (JsonException)
        {
            return new CommandException(ExitCode.Internal, "EK1001", $"the supervisor of '{_run.Name}' answered {(int)reply.StatusCode}: {text}");
        }
    }
}

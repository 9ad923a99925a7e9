using System.Runtime.InteropServices;
using System.Text.Json;
using EvenKeel.Cli.Tests.Running;

namespace EvenKeel.Cli.Tests;

[Trait("Category", "Process")]
public sealed class AccessLogProcessTests : IAsyncDisposable
{
    private const string Trace = "4bf92f3577b34da6a3ce929d0e0e4736";

    private readonly Sandbox _sandbox = new();
    private readonly StrangerServer _server = new("first");
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false, ActivityHeadersPropagator = null });

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _sandbox.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Each_request_has_a_line_in_the_file_and_after_a_rename_and_SIGHUP_in_the_new_one()
    {
        var file = Write("{ file: access.jsonl }");
        using var gateway = _sandbox.Start("gateway");
        await gateway.PrintsAsync("Service  http://");
        await _sandbox.ShowsAsync(cluster => cluster.Endpoints.All(endpoint => endpoint.State == "ready"));
        var url = _sandbox.RunOf("alone").Gateway!;
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(url, "/before?a=1"));
        request.Headers.Add("traceparent", $"00-{Trace}-00f067aa0ba902b7-01");
        using (await _http.SendAsync(request, TestContext.Current.CancellationToken))
        {
            await Eventually.TrueAsync(() => Lines(file).Count == 1, TimeSpan.FromSeconds(10), () => "no line was written");
        }

        var line = Lines(file)[0];
        Assert.Equal(
            ("/before?a=1", "ok", "web", "web-1", Trace),
            (Text("path"), Text("reason"), Text("service"), Text("instance"), Text("trace_id")));
        Assert.Contains(
            $"traceparent: 00-{Trace}-{Text("span_id")}-01\r\n",
            _server.Heads.Single(head => head.Contains("/before", StringComparison.Ordinal)), StringComparison.Ordinal);

        File.Move(file, file + ".1");
        gateway.Signal(PosixSignal.SIGHUP);
        await Eventually.TrueAsync(() => File.Exists(file), TimeSpan.FromSeconds(10), () => "the file was not opened anew");
        using (await _http.GetAsync(new Uri(url, "/after"), TestContext.Current.CancellationToken))
        {
            gateway.Signal(PosixSignal.SIGTERM);
            (await gateway.EndAsync()).Ended(143);
        }

        Assert.Equal("/after", Assert.Single(Lines(file)).GetProperty("path").GetString());
        Assert.Single(Lines(file + ".1"));

        string Text(string name) => line.GetProperty(name).GetString()!;
    }

    [Fact]
    public async Task The_standard_output_takes_the_lines_too()
    {
        Write("stdout");
        using var gateway = _sandbox.Start("gateway");
        await gateway.PrintsAsync("Service  http://");
        await _sandbox.ShowsAsync(cluster => cluster.Endpoints.All(endpoint => endpoint.State == "ready"));
        using (await _http.GetAsync(new Uri(_sandbox.RunOf("alone").Gateway!, "/seen"), TestContext.Current.CancellationToken))
        {
            await gateway.PrintsAsync("\"path\":\"/seen\"");
        }

        gateway.Signal(PosixSignal.SIGTERM);
        (await gateway.EndAsync()).Ended(143);
    }

    [Fact]
    public async Task A_file_in_a_folder_that_is_not_there_is_an_error()
    {
        Write("{ file: nowhere/access.jsonl }");
        (await _sandbox.RunAsync("gateway")).Ended(4).PrintedNothing().Said("error EK3011: the access log cannot be opened", "nowhere/access.jsonl");
    }

    private string Write(string log)
    {
        _sandbox.With("evenkeel.yaml", $$"""
            version: 1
            name: alone
            services: { web: { addresses: ["{{_server.Address}}"], health: { interval: 100ms } } }
            gateway: { accessLog: {{log}} }
            """);
        return _sandbox.PathOf("access.jsonl");
    }

    private static List<JsonElement> Lines(string file)
    {
        if (!File.Exists(file))
        {
            return [];
        }

        using var reader = new StreamReader(new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
        return [.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];
    }
}

using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using EvenKeel.Cli.Control;
using EvenKeel.Cli.RunFiles;
using EvenKeel.Cli.Tests.Running;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace EvenKeel.Cli.Tests.Control;

[Trait("Category", "Process")]
public sealed class ControlApiProcessTests : IAsyncDisposable
{
    private readonly Sandbox _sandbox = new();
    private readonly StrangerServer _first = new("first");
    private readonly StrangerServer _second = new("second");
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false });

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _sandbox.DisposeAsync();
        await _first.DisposeAsync();
        await _second.DisposeAsync();
    }

    [Fact]
    public void Every_mapped_operation_is_in_the_document_and_the_other_way_round()
    {
        using var description = typeof(ControlServer).Assembly.GetManifestResourceStream("openapi.json")!;
        var document = JsonNode.Parse(description)!;
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddRoutingCore();
        builder.WebHost.UseKestrelCore();
        var app = builder.Build();
        ControlServer.Map(app, null!, () => { });

        Assert.Equal("3.1.0", (string?)document["openapi"]);
        Assert.Equal(
            ((IEndpointRouteBuilder)app).DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
                .Select(one => $"{one.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Single()} {one.RoutePattern.RawText}").Order(),
            document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject().Select(one => $"{one.Key.ToUpperInvariant()} {path.Key}")).Order());
    }

    [Fact]
    public async Task Every_operation_of_the_served_document_answers_with_a_status_and_the_keys_that_it_documents()
    {
        using var gateway = await StartAsync();
        var document = JsonNode.Parse(await (await CallAsync(HttpMethod.Get, "/api/v1/openapi.json")).Content.ReadAsStringAsync(Token))!;
        string[] last = ["/api/v1/endpoints/{endpoint}", "/api/v1/cluster:down"];
        foreach (var (path, methods) in document["paths"]!.AsObject().OrderBy(path => Array.IndexOf(last, path.Key)))
        {
            foreach (var (method, operation) in methods!.AsObject())
            {
                var url = path.Replace("{endpoint}", "web-1", StringComparison.Ordinal).Replace("{service}", "web", StringComparison.Ordinal)
                    .Replace("{action}", "kill", StringComparison.Ordinal) + QueryOf(operation!);
                using (var bare = new HttpRequestMessage(HttpMethod.Parse(method), new Uri(_sandbox.RunOf("alone").Control!, url)))
                using (var refused = await _http.SendAsync(bare, Token))
                {
                    Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
                }

                using var reply = await CallAsync(HttpMethod.Parse(method), url);
                var status = ((int)reply.StatusCode).ToString(System.Globalization.CultureInfo.InvariantCulture);
                var documented = operation!["responses"]![status];
                Assert.True(documented is not null, $"{method} {url} answered {status}, which is not documented");
                await HasKeysAsync(document, documented, reply, $"{method} {url}");
            }
        }

        (await gateway.EndAsync()).Ended(0);
    }

    [Fact]
    public async Task Endpoints_are_drained_undrained_added_and_removed_by_hand()
    {
        using var gateway = await StartAsync();
        var url = _sandbox.RunOf("alone").Gateway!;

        (await _sandbox.RunAsync("drain", "web-1")).Ended(0).Printed("drained web-1");
        Assert.All(await AskAsync(url, 6), name => Assert.Equal("second", name));
        (await _sandbox.RunAsync("undrain", "web-1")).Ended(0).Printed("undrained web-1");
        Assert.Equal(["first", "second"], (await AskAsync(url, 6)).Distinct().Order());
        (await _sandbox.RunAsync("drain", "web-9")).Ended(5).Said("error EK4001: there is no endpoint 'web-9'", "web-1, web-2");

        var slow = _http.GetStringAsync(new Uri(url, "slow"), Token);
        await Task.WhenAny(_first.HasSlowRequest, _second.HasSlowRequest);
        var busy = _first.HasSlowRequest.IsCompleted ? "web-1" : "web-2";
        (await _sandbox.RunAsync("drain", busy, "--wait-timeout", "1")).Ended(6).Said("error EK4002", "1 requests are under way");
        _first.Finish();
        _second.Finish();
        await slow;
        (await _sandbox.RunAsync("drain", busy)).Ended(0);
        (await _sandbox.RunAsync("undrain", busy)).Ended(0);

        await using var third = new StrangerServer("third");
        Assert.Equal(HttpStatusCode.OK, (await CallAsync(HttpMethod.Post, $"/api/v1/services/web/endpoints?address={third.Address}")).StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, (await CallAsync(HttpMethod.Post, $"/api/v1/services/web/endpoints?address={third.Address}")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await CallAsync(HttpMethod.Post, $"/api/v1/services/nope/endpoints?address={third.Address}")).StatusCode);
        await _sandbox.ShowsAsync(cluster => cluster.Endpoints.Count(endpoint => endpoint.State == "ready") == 3);
        Assert.Contains("third", await AskAsync(url, 12));
        Assert.Equal(HttpStatusCode.OK, (await CallAsync(HttpMethod.Delete, "/api/v1/endpoints/web-3")).StatusCode);
        Assert.DoesNotContain("third", await AskAsync(url, 12));
        (await _sandbox.RunAsync("down")).Ended(0);
        (await gateway.EndAsync()).Ended(0);
    }

    [Fact]
    public async Task Endpoints_are_weighed_disabled_and_enabled_by_hand()
    {
        using var gateway = await StartAsync(", ready: /health", "gateway: { loops: 1, routes: [{ service: web, balance: weighted }] }");
        var url = _sandbox.RunOf("alone").Gateway!;

        Assert.Equal(HttpStatusCode.OK, (await CallAsync(HttpMethod.Post, "/api/v1/endpoints/web-1:weight?weight=3")).StatusCode);
        Assert.Equal(3, (await _sandbox.PsAsync()).Endpoints.Single(endpoint => endpoint.Name == "web-1").Weight);
        Assert.Equal(6, (await AskAsync(url, 8)).Count(name => name == "first"));
        Assert.Equal(HttpStatusCode.Conflict, (await CallAsync(HttpMethod.Post, "/api/v1/endpoints/web-1:weight?weight=0")).StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, (await CallAsync(HttpMethod.Post, "/api/v1/endpoints/web-1:weight?weight=1001")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await CallAsync(HttpMethod.Post, "/api/v1/endpoints/web-9:weight?weight=3")).StatusCode);

        Assert.Equal(HttpStatusCode.OK, (await CallAsync(HttpMethod.Post, "/api/v1/endpoints/web-1:disable")).StatusCode);
        await _sandbox.ShowsAsync(cluster => cluster.Endpoints.Single(endpoint => endpoint.Name == "web-1").State == "disabled");
        Assert.All(await AskAsync(url, 6), name => Assert.Equal("second", name));
        await ChecksAsync(_second, 2);
        var asked = _first.Heads.Count;
        await ChecksAsync(_second, 3);
        Assert.Equal(asked, _first.Heads.Count);
        (await _sandbox.RunAsync("ps")).Ended(0).Printed("web-1    ‖ disabled");

        Assert.Equal(HttpStatusCode.OK, (await CallAsync(HttpMethod.Post, "/api/v1/endpoints/web-1:enable")).StatusCode);
        await _sandbox.ShowsAsync(cluster => cluster.Endpoints.All(endpoint => endpoint.State == "ready"));
        Assert.Equal(6, (await AskAsync(url, 8)).Count(name => name == "first"));
        (await _sandbox.RunAsync("down")).Ended(0);
        (await gateway.EndAsync()).Ended(0);
    }

    [Fact]
    public async Task Ps_shows_that_a_service_panics()
    {
        using var gateway = await StartAsync(", fall: 1");
        await _first.DisposeAsync();
        await _second.DisposeAsync();

        await _sandbox.ShowsAsync(cluster => cluster.Services.Single() is { Name: "web", IsPanicking: true, Circuit: "closed" });
        (await _sandbox.RunAsync("ps")).Ended(0).Printed("Panic    too few of web are well: all that were ready once get requests");
        (await _sandbox.RunAsync("down")).Ended(0);
        (await gateway.EndAsync()).Ended(0);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static string QueryOf(JsonNode operation)
    {
        var required = (operation["parameters"]?.AsArray() ?? []).Where(one => (string?)one!["in"] == "query" && (bool)one["required"]!);
        return "?" + string.Join('&', required.Select(one => (string)one!["name"]! switch
        {
            "instance" => "instance=web-1",
            "address" => "address=127.0.0.1:9",
            var name => name + "=1",
        }));
    }

    private static async Task HasKeysAsync(JsonNode document, JsonNode documented, HttpResponseMessage reply, string call)
    {
        documented = Follow(document, documented);
        if (documented["content"]?.AsObject().Single() is not { } content || content.Key == "application/x-ndjson")
        {
            return;
        }

        Assert.Equal(content.Key, reply.Content.Headers.ContentType!.MediaType);
        var schema = Follow(document, content.Value!["schema"]!);
        var body = JsonNode.Parse(await reply.Content.ReadAsStringAsync(Token))!.AsObject();
        Assert.All(schema["required"]?.AsArray() ?? [], key => Assert.True(body.ContainsKey((string)key!), $"{call} lacks {key}"));
        Assert.All(schema["properties"] is null ? [] : body.Select(one => one.Key),
            key => Assert.True(schema["properties"]!.AsObject().ContainsKey(key), $"{call} has {key}, which is not documented"));
    }

    private static JsonNode Follow(JsonNode document, JsonNode node) => (string?)node["$ref"] is { } reference
        ? reference[2..].Split('/').Aggregate(document, (at, step) => at[step]!)
        : node;

    private static Task ChecksAsync(StrangerServer server, int more)
    {
        var before = server.Heads.Count;
        return Eventually.TrueAsync(() => server.Heads.Count >= before + more, TimeSpan.FromSeconds(20), () => "it is not checked");
    }

    private async Task<RunningProgram> StartAsync(string health = "", string more = "")
    {
        _sandbox.With("evenkeel.yaml", $$"""
            version: 1
            name: alone
            services: { web: { addresses: ["{{_first.Address}}", "{{_second.Address}}"], health: { interval: 100ms{{health}} } } }
            {{more}}
            """);
        var gateway = _sandbox.Start("gateway");
        await gateway.PrintsAsync("Service  http://");
        await _sandbox.ShowsAsync(cluster => cluster.Endpoints.All(endpoint => endpoint.State == "ready"));
        return gateway;
    }

    private async Task<HttpResponseMessage> CallAsync(HttpMethod method, string path)
    {
        using var request = new HttpRequestMessage(method, new Uri(_sandbox.RunOf("alone").Control!, path));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", new RunFolder(_sandbox.State).ReadToken("alone"));
        return await _http.SendAsync(request, Token);
    }

    private async Task<List<string>> AskAsync(Uri url, int times)
    {
        var names = new List<string>();
        for (var i = 0; i < times; i++)
        {
            names.Add(await _http.GetStringAsync(url, Token));
        }

        return names;
    }
}

using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Metering.Hosting;
using Metering.Schema;
using Microsoft.AspNetCore.Builder;

namespace Metering.Tests.Instances;

/// <summary>An instance in this process, on a free port of 127.0.0.1.</summary>
internal sealed class HostedMetering : IAsyncDisposable
{
    private readonly WebApplication _app;

    private HostedMetering(WebApplication app)
    {
        _app = app;
        Client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()), Timeout = TimeSpan.FromMinutes(1) };
    }

    public HttpClient Client { get; }

    public IServiceProvider Services => _app.Services;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Starts one and waits until it is ready.</summary>
    public static async Task<HostedMetering> StartAsync(MeteringSettings settings)
    {
        HostedMetering started = await LaunchAsync(settings);
        await Until.TrueAsync("a ready instance", async () => (await started.SendAsync(HttpMethod.Get, "/readyz")).Status == HttpStatusCode.OK);
        return started;
    }

    /// <summary>Starts one, ready or not.</summary>
    public static async Task<HostedMetering> LaunchAsync(MeteringSettings settings)
    {
        WebApplication app = MeteringHost.Build(settings, TimeProvider.System);
        await app.StartAsync(Token);
        return new HostedMetering(app);
    }

    /// <summary>An event as JSON.</summary>
    public static string Event(string id, DateTime time, string customer = "acme-customer-001", long input = 10, string extra = "") => string.Create(
        CultureInfo.InvariantCulture,
        $$$"""
        {"eventId":"{{{id}}}","timestamp":"{{{time:yyyy-MM-ddTHH:mm:ss.ffffffZ}}}","customerId":"{{{customer}}}","apiEndpoint":"/v1/chat",{{{extra}}}"metadata":{"inputTokens":{{{input}}},"outputTokens":5,"model":"m1","latencyMs":7}}
        """);

    public Task<(HttpStatusCode Status, JsonElement Body, HttpResponseMessage Response)> PostAsync(string body, string key = DemoData.AcmeKey) =>
        SendAsync(HttpMethod.Post, "/api/v1/events", new StringContent(body, Encoding.UTF8, "application/json"), key);

    public Task<(HttpStatusCode Status, JsonElement Body, HttpResponseMessage Response)> PostBatchAsync(HttpContent body, string key = DemoData.AcmeKey) =>
        SendAsync(HttpMethod.Post, "/v1/events:batch", body, key);

    public static StringContent Array(params string[] events) => new($"[{string.Join(',', events)}]", Encoding.UTF8, "application/json");

    public async Task<(HttpStatusCode Status, JsonElement Body, HttpResponseMessage Response)> SendAsync(
        HttpMethod method, string path, HttpContent? body = null, string? key = DemoData.AcmeKey)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body };
        request.Headers.Authorization = key is null ? null : new("Bearer", key);
        HttpResponseMessage response = await Client.SendAsync(request, Token);
        byte[] bytes = await response.Content.ReadAsByteArrayAsync(Token);
        bool isJson = response.Content.Headers.ContentType?.MediaType?.EndsWith("json", StringComparison.Ordinal) == true;
        return (response.StatusCode, isJson ? JsonDocument.Parse(bytes).RootElement : default, response);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
    }
}

using System.Net;
using System.Text;
using Albums.Bugs;
using Albums.Hosting;
using Albums.Stores;
using Microsoft.AspNetCore.Builder;

namespace Albums.Tests.Api;

/// <summary>The service in this process, on a free port of 127.0.0.1.</summary>
internal sealed class HostedAlbums : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly HttpClient _client;

    private HostedAlbums(WebApplication app)
    {
        _app = app;
        _client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
    }

    public static async Task<HostedAlbums> StartAsync(IAlbumStore store)
    {
        WebApplication app = AlbumsHost.Build(new AlbumsSettings(0, StoreKind.Memory, null, null, BugKind.None, 1), store, TimeProvider.System);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new HostedAlbums(app);
    }

    /// <summary>Sends a request and returns the status and the body, compact.</summary>
    public async Task<(HttpStatusCode Status, string Body, HttpResponseMessage Response)> SendAsync(HttpMethod method, string path, string? body = null)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
        HttpResponseMessage response = await _client.SendAsync(request, TestContext.Current.CancellationToken);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), response);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _app.DisposeAsync();
    }
}

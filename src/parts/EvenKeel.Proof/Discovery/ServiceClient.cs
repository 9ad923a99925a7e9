using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace EvenKeel.Proof.Discovery;

/// <summary>Sends single requests to the one service that is asked about itself.</summary>
internal sealed class ServiceClient(Uri address) : IDisposable
{
    private const int MaxReply = 4 * 1024 * 1024;

    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false, UseCookies = false })
    {
        BaseAddress = address,
        Timeout = TimeSpan.FromSeconds(5),
        MaxResponseContentBufferSize = MaxReply,
    };

    /// <summary>The reply's status and its body as text.</summary>
    public async Task<(int Status, string Body)> SendAsync(string method, string path, string? body, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path.TrimStart('/'));
        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        }

        try
        {
            using var reply = await _http.SendAsync(request, cancellation).ConfigureAwait(false);
            return ((int)reply.StatusCode, await reply.Content.ReadAsStringAsync(cancellation).ConfigureAwait(false));
        }
        catch (Exception error) when (error is HttpRequestException || (error is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            throw new DiscoveryException($"{method} {path} got no reply: {error.Message}. See the service's own output for the cause.");
        }
    }

    /// <summary>The reply's body as JSON.</summary>
    /// <exception cref="DiscoveryException">The status was not 2xx, or the body is no JSON.</exception>
    public async Task<JsonNode?> ReadAsync(string method, string path, CancellationToken cancellation)
    {
        var (status, body) = await SendAsync(method, path, null, cancellation).ConfigureAwait(false);
        if (status is < 200 or > 299)
        {
            throw new DiscoveryException($"{method} {path} answered {status}: {Shorten(body)}. Name a request that lists the elements.");
        }

        return Parse(body) ?? throw new DiscoveryException($"{method} {path} answered no JSON: {Shorten(body)}. A proof reads elements as JSON.");
    }

    public void Dispose() => _http.Dispose();

    /// <summary>A document, or null when the text is none.</summary>
    public static JsonNode? Parse(string text)
    {
        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The beginning of a reply, fit for a message.</summary>
    public static string Shorten(string text) => text.Length == 0 ? "(empty)" : text.Length <= 200 ? text : text[..200] + "...";
}

using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;

namespace EvenKeel.Proof.Exchanges;

/// <summary>
/// Sends requests and never throws for what a server does: whatever happens becomes an <see cref="Exchange"/>.
/// No proxy, no redirects, no cookies, no decompression and no trace headers: what is measured is what was written.
/// </summary>
/// <remarks>
/// The framework's handler sends a request again, unseen, when a kept-alive connection turns out to be closed and no body byte has gone out. For
/// GET that is what RFC 9110 section 9.2.2 allows. For other methods it would apply one operation twice behind the recorder's back, so they always
/// carry a body, if an empty one, which switches it off.
/// </remarks>
public sealed class HttpDriver : IDisposable
{
    /// <summary>The largest reply that is read, in bytes.</summary>
    public const int MaxReplyBytes = 64 * 1024 * 1024;

    private readonly HttpMessageInvoker _invoker;
    private readonly Uri _address;
    private readonly TimeProvider _time;

    /// <summary>Makes a driver for one address.</summary>
    /// <param name="address">Scheme, host and port; a path in it is ignored.</param>
    /// <param name="maxConnections">The largest number of connections at a time, 1 or more.</param>
    /// <param name="time">The clock of all timestamps and limits.</param>
    public HttpDriver(Uri address, int maxConnections, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(address);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxConnections, 1);
        _address = new Uri(address.GetLeftPart(UriPartial.Authority));
        _time = time;
        var handler = new SocketsHttpHandler
        {
            UseProxy = false,
            UseCookies = false,
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            MaxConnectionsPerServer = maxConnections,
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
            ActivityHeadersPropagator = null,
            EnableMultipleHttp2Connections = false,
        };
        _invoker = new HttpMessageInvoker(handler, disposeHandler: true);
    }

    /// <summary>Where requests go.</summary>
    public Uri Address => _address;

    /// <summary>Sends one request and reads the whole reply.</summary>
    /// <param name="request">What to send.</param>
    /// <param name="timeout">The time limit, from now until the last byte of the reply.</param>
    /// <param name="cancellationToken">Gives the exchange up as <see cref="ExchangeFailure.Cancelled"/>.</param>
    public async Task<Exchange> SendAsync(PreparedRequest request, TimeSpan timeout, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(timeout, _time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        using var message = ToMessage(request);
        var sentAt = _time.GetTimestamp();
        var status = 0;
        string? instance = null;
        string? gatewayError = null;
        try
        {
            using var reply = await _invoker.SendAsync(message, both.Token).ConfigureAwait(false);
            status = (int)reply.StatusCode;
            instance = Field(reply.Headers, "X-EvenKeel-Instance");
            gatewayError = Field(reply.Headers, "X-EvenKeel-Error");
            var body = await ReadBodyAsync(reply.Content, both.Token).ConfigureAwait(false);
            return new Exchange(
                body is null ? ExchangeFailure.Malformed : ExchangeFailure.None,
                status,
                instance,
                gatewayError,
                body,
                sentAt,
                _time.GetTimestamp());
        }
        catch (Exception exception)
        {
            var failure = cancellationToken.IsCancellationRequested ? ExchangeFailure.Cancelled
                : limit.IsCancellationRequested ? ExchangeFailure.Timeout
                : Classify(exception);
            return new Exchange(failure, status, instance, gatewayError, default, sentAt, _time.GetTimestamp());
        }
    }

    /// <summary>Closes all connections.</summary>
    public void Dispose() => _invoker.Dispose();

    private HttpRequestMessage ToMessage(PreparedRequest request)
    {
        // Joined as text: a path that starts with two slashes must not be taken for another host.
        var target = new Uri(_address.GetLeftPart(UriPartial.Authority) + request.Path);
        var message = new HttpRequestMessage(new HttpMethod(request.Method), target)
        {
            Version = HttpVersion.Version11,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        if (request.Body is not null || request.Method is not ("GET" or "HEAD" or "OPTIONS"))
        {
            message.Content = new ByteArrayContent(request.Body ?? []);
            if (request.Body is not null)
            {
                message.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            }
        }

        foreach (var (name, value) in request.Headers)
        {
            if (message.Content is not null && name.StartsWith("Content-", StringComparison.OrdinalIgnoreCase))
            {
                message.Content.Headers.Remove(name);
                message.Content.Headers.TryAddWithoutValidation(name, value);
                continue;
            }

            message.Headers.TryAddWithoutValidation(name, value);
        }

        return message;
    }

    private static async Task<byte[]?> ReadBodyAsync(HttpContent content, CancellationToken cancellationToken)
    {
        if (content.Headers.ContentLength is > MaxReplyBytes)
        {
            return null;
        }

        using var buffer = new MemoryStream();
        var stream = await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        var block = new byte[16 * 1024];
        while (await stream.ReadAsync(block, cancellationToken).ConfigureAwait(false) is var read && read > 0)
        {
            if (buffer.Length + read > MaxReplyBytes)
            {
                return null;
            }

            buffer.Write(block, 0, read);
        }

        return buffer.ToArray();
    }

    private static ExchangeFailure Classify(Exception exception) => exception switch
    {
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError
            or HttpRequestError.SecureConnectionError } => ExchangeFailure.Refused,
        HttpRequestException { HttpRequestError: HttpRequestError.InvalidResponse or HttpRequestError.ConfigurationLimitExceeded } => ExchangeFailure.Malformed,
        HttpRequestException { InnerException: SocketException { SocketErrorCode: SocketError.ConnectionRefused } } => ExchangeFailure.Refused,
        _ => ExchangeFailure.Reset,
    };

    private static string? Field(HttpResponseHeaders headers, string name) =>
        headers.TryGetValues(name, out var values) ? values.FirstOrDefault() : null;
}

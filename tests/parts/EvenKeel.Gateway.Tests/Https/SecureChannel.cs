using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using EvenKeel.Gateway.Tests.Wire;

namespace EvenKeel.Gateway.Tests.Https;

/// <summary>A client's connection through the platform's own TLS, which shares nothing with the gateway's.</summary>
internal sealed class SecureChannel : IAsyncDisposable
{
    private readonly SslStream _stream;

    private SecureChannel(SslStream stream) => _stream = stream;

    public X509Certificate? Certificate => _stream.RemoteCertificate;

    public static async Task<SecureChannel> ConnectAsync(
        IPEndPoint address, SslProtocols versions = SslProtocols.None, byte[]? preamble = null, bool inPieces = false)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(address, Deadline.Token);
        var stream = new SslStream(new PreambleStream(socket, preamble ?? [], inPieces));
        try
        {
            await Deadline.Within(stream.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
            {
                TargetHost = "localhost",
                EnabledSslProtocols = versions,
                // Which certificate it was is for the tests to judge.
                RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate is not null,
            }, Deadline.Token));
        }
        catch
        {
            await stream.DisposeAsync();
            throw;
        }

        return new SecureChannel(stream);
    }

    public async Task SendAsync(string text) => await _stream.WriteAsync(Encoding.Latin1.GetBytes(text), Deadline.Token);

    /// <summary>The head and the body of a response with Content-Length.</summary>
    public async Task<(string Head, string Body)> ReadAsync()
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            await Deadline.Within(_stream.ReadExactlyAsync(one, Deadline.Token).AsTask());
            head.Append((char)one[0]);
        }

        var length = head.ToString().Split("\r\n").First(line => line.StartsWith("Content-Length: ", StringComparison.Ordinal))[16..];
        var body = new byte[int.Parse(length, null)];
        await Deadline.Within(_stream.ReadExactlyAsync(body, Deadline.Token).AsTask());
        return (head.ToString(), Encoding.Latin1.GetString(body));
    }

    public async Task<(string Head, string Body)> AskAsync(string path = "/")
    {
        await SendAsync($"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n");
        return await ReadAsync();
    }

    /// <summary>True when the gateway ended the stream in order, false when it sends more.</summary>
    public async Task<bool> HasEndedAsync() => await Deadline.Within(_stream.ReadAsync(new byte[1], Deadline.Token).AsTask()) == 0;

    public ValueTask DisposeAsync() => _stream.DisposeAsync();
}

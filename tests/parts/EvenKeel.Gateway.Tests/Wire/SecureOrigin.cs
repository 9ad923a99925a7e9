using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace EvenKeel.Gateway.Tests.Wire;

/// <summary>
/// An instance that speaks TLS through the platform's own, which shares nothing with the gateway's. It answers every request with what a function
/// makes of its head, and keeps the connection.
/// </summary>
internal sealed class SecureOrigin : IAsyncDisposable
{
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly ConcurrentBag<Socket> _sockets = [];
    private readonly ConcurrentBag<Task> _scripts = [];
    private readonly Task _accepting;
    private readonly X509Certificate2 _certificate;
    private readonly bool _asksForCertificate;
    private int _connections;

    public SecureOrigin((string Certificate, string Key) files, Func<List<string>, string> answer, bool asksForCertificate = false)
    {
        _certificate = X509Certificate2.CreateFromPemFile(files.Certificate, files.Key);
        _asksForCertificate = asksForCertificate;
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen(512);
        Address = (IPEndPoint)_listener.LocalEndPoint!;
        _accepting = AcceptAsync(answer);
    }

    public IPEndPoint Address { get; }

    public int Connections => Volatile.Read(ref _connections);

    /// <summary>The names that were asked for, one for each handshake that succeeded.</summary>
    public ConcurrentQueue<string> Names { get; } = [];

    /// <summary>What came in front of TLS.</summary>
    public int Preamble { get; init; }

    public ConcurrentQueue<string> Preambles { get; } = [];

    public static SecureOrigin Say((string Certificate, string Key) files, string text) => new(files, _ => Origin.Ok(text));

    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        foreach (var socket in _sockets)
        {
            socket.Dispose();
        }

        await _accepting;
        await Task.WhenAll(_scripts);
        _certificate.Dispose();
    }

    private async Task AcceptAsync(Func<List<string>, string> answer)
    {
        try
        {
            while (true)
            {
                var socket = await _listener.AcceptAsync();
                Interlocked.Increment(ref _connections);
                _sockets.Add(socket);
                _scripts.Add(ServeAsync(socket, answer));
            }
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(Socket socket, Func<List<string>, string> answer)
    {
        try
        {
            await using var plain = new NetworkStream(socket, ownsSocket: true);
            if (Preamble > 0)
            {
                var bytes = new byte[Preamble];
                await plain.ReadExactlyAsync(bytes, Deadline.Token);
                Preambles.Enqueue(Encoding.Latin1.GetString(bytes));
            }

            await using var stream = new SslStream(plain);
            await stream.AuthenticateAsServerAsync(new SslServerAuthenticationOptions
            {
                ServerCertificate = _certificate,
                ClientCertificateRequired = _asksForCertificate,
                RemoteCertificateValidationCallback = (_, shown, _, _) => !_asksForCertificate || shown is not null,
                ApplicationProtocols = [SslApplicationProtocol.Http11],
            }, Deadline.Token);
            Names.Enqueue(stream.TargetHostName);
            using var reader = new StreamReader(stream, Encoding.Latin1);
            while (await ReadHeadAsync(reader) is { } head)
            {
                if (_asksForCertificate)
                {
                    head.Add($"Shown: {stream.RemoteCertificate?.Subject}");
                }

                await stream.WriteAsync(Encoding.Latin1.GetBytes(answer(head)), Deadline.Token);
            }
        }
        catch (Exception error) when (error is IOException or SocketException or ObjectDisposedException
            or OperationCanceledException or System.Security.Authentication.AuthenticationException)
        {
            // The gateway ended the connection, refused the certificate, or the test is over.
        }
    }

    private static async Task<List<string>?> ReadHeadAsync(StreamReader reader)
    {
        var head = new List<string>();
        while (await reader.ReadLineAsync(Deadline.Token) is { } line)
        {
            if (line.Length == 0)
            {
                return head;
            }

            head.Add(line);
        }

        return null;
    }
}

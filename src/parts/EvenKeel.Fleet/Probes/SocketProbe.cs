using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using EvenKeel.Configuration.Model;
using EvenKeel.Fleet.Ports;
using EvenKeel.Fleet.Processes.Sessions;
using EvenKeel.Proxying.Connections;
using EvenKeel.Proxying.ProxyProtocol;

namespace EvenKeel.Fleet.Probes;

/// <summary>
/// Checks over a fresh connection to 127.0.0.1, without proxy, redirect or pool, so that a pass proves that the listener accepts and
/// answers now. An answer counts only when the listener provably belongs to the session of the instance:
/// 1. ask the system whether the session listens on the port; 2. connect, and read the reply's head when there is a path; 3. ask again:
/// only a yes before and after rules out that another process answered in between. Where the system cannot tell, the reply must echo
/// the instance's nonce. A life that was proven is asked for its reply only.
/// </summary>
internal sealed class SocketProbe(TimeProvider time) : IInstanceProbe
{
    public async Task<ProbeResult> CheckAsync(ProbeTarget target, CancellationToken cancellationToken)
    {
        // Reading the tables of the system takes time, which must not be that of the caller's mailbox.
        await Task.Yield();
        var before = target.Proven ? null : target.Process.Listens(target.Port);
        using var limit = new CancellationTokenSource(target.Timeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        ReplyHead? head = null;
        string? failure = null;
        var connected = false;
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, target.Port), both.Token).ConfigureAwait(false);
            connected = true;
            await using Stream plain = new NetworkStream(socket);
            var header = target.Proxy is { } version ? HeaderOf(socket, version) : [];
            if (target.Tls is not null || target.Path is null)
            {
                await plain.WriteAsync(header, both.Token).ConfigureAwait(false);
                header = [];
            }

            await using var stream = target.Tls is { } tls ? await SecureAsync(plain, tls, both.Token).ConfigureAwait(false) : plain;
            if (target.Protocol != ProbeProtocol.Http)
            {
                failure = target.Protocol == ProbeProtocol.Postgres
                    ? await PostgresDialogue.AskAsync(socket, both.Token).ConfigureAwait(false)
                    : await RedisDialogue.AskAsync(socket, both.Token).ConfigureAwait(false);
            }
            else if (target.Path is { } path)
            {
                head = await AskAsync(stream, header, target.Port, path, both.Token).ConfigureAwait(false);
                failure = head.Status is >= 200 and <= 299 ? null : $"GET {path} answered {head.Status}";
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            failure = connected
                ? $"{Question(target)} did not answer within {target.Timeout.TotalMilliseconds:0} ms"
                : $"port {target.Port} did not accept within {target.Timeout.TotalMilliseconds:0} ms";
        }
        catch (Exception error) when (error is SocketException or FormatException or IOException or AuthenticationException or CryptographicException)
        {
            failure = connected ? $"{Question(target)}: {error.Message}" : $"port {target.Port}: {error.Message}";
        }
        finally
        {
            if (head is null)
            {
                socket.Dispose();
            }
            else
            {
                // The verdict does not wait for the body.
                _ = PatientClose.EndAsync(socket, target.Timeout, time);
            }
        }

        return connected && !target.Proven ? Judge(target, before, head, failure) : new ProbeResult(failure);
    }

    private static string Question(ProbeTarget target) => target.Protocol switch
    {
        ProbeProtocol.Postgres => "a session of PostgreSQL",
        ProbeProtocol.Redis => "PING",
        _ => $"GET {target.Path}",
    };

    private static ProbeResult Judge(ProbeTarget target, bool? before, ReplyHead? head, string? failure)
    {
        switch (before, target.Process.Listens(target.Port))
        {
            case (true, true):
                return new ProbeResult(failure);
            case (true, false):
                return new ProbeResult(failure ?? $"it ceased to listen on port {target.Port} during the check");
            case (_, false):
                return Foreign(target.Port);
            case (false, true):
                return new ProbeResult(failure ?? $"it began to listen on port {target.Port} during the check");
            default:
                return failure is not null ? new ProbeResult(failure) : JudgeByNonce(target, head);
        }
    }

    private static ProbeResult Foreign(int port)
    {
        if (OperatingSystem.IsLinux() && ListeningSockets.OnAnyAddress(port).Count == 0)
        {
            return new ProbeResult($"nobody listens on port {port} any more");
        }

        var holder = PortHolder.Describe(port);
        return new ProbeResult($"port {port} is answered by {holder}, not by this instance", holder);
    }

    private static ProbeResult JudgeByNonce(ProbeTarget target, ReplyHead? head)
    {
        if (head is null)
        {
            return new ProbeResult(
                "this system cannot tell whose port it is: set health.ready to a path that echoes the variable EVENKEEL_NONCE "
                + $"in the header {ReplyHead.NonceHeader}");
        }

        return string.Equals(head.Nonce, target.Nonce, StringComparison.Ordinal)
            ? ProbeResult.Passed
            : new ProbeResult(
                head.Nonce is null
                    ? $"the reply of {target.Path} lacks the header {ReplyHead.NonceHeader} with the value of EVENKEEL_NONCE"
                    : $"the reply of {target.Path} carries the nonce of another process",
                head.Nonce is null ? null : "another instance");
    }

    private static byte[] HeaderOf(Socket socket, ProxyVersion version)
    {
        var header = new byte[ProxyHeaderWriter.MaxLength];
        return header[..ProxyHeaderWriter.WriteLocal(version, (IPEndPoint)socket.LocalEndPoint!, (IPEndPoint)socket.RemoteEndPoint!, header)];
    }

    private static async Task<Stream> SecureAsync(Stream plain, ServiceTlsOptions tls, CancellationToken cancellationToken)
    {
        var stream = new SslStream(plain);
        try
        {
            await stream.AuthenticateAsClientAsync(
                new SslClientAuthenticationOptions
                {
                    TargetHost = tls.ServerName,
                    RemoteCertificateValidationCallback = (_, shown, _, _) => shown is not null,
                    ClientCertificates = tls.Certificate is { } files ? [X509Certificate2.CreateFromPemFile(files.Certificate, files.Key)] : null,
                },
                cancellationToken).ConfigureAwait(false);
            return stream;
        }
        catch
        {
            await stream.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private static async Task<ReplyHead> AskAsync(Stream stream, byte[] header, int port, string path, CancellationToken cancellationToken)
    {
        byte[] request = [.. header, .. Encoding.ASCII.GetBytes(
            $"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUser-Agent: evenkeel-health\r\nAccept: */*\r\nConnection: close\r\n\r\n")];
        await stream.WriteAsync(request, cancellationToken).ConfigureAwait(false);
        var buffer = new byte[ReplyHead.Limit];
        var length = 0;
        while (length < buffer.Length)
        {
            var read = await stream.ReadAsync(buffer.AsMemory(length), cancellationToken).ConfigureAwait(false);
            if (read == 0)
            {
                throw new FormatException(length == 0 ? "the connection closed without a reply" : "the connection closed inside the reply's head");
            }

            length += read;
            if (ReplyHead.TryRead(buffer.AsSpan(0, length)) is { } head)
            {
                return head;
            }
        }

        throw new FormatException($"the reply's head is longer than {ReplyHead.Limit} bytes");
    }
}

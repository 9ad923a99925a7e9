using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Text;
using EvenKeel.Configuration.Model;
using EvenKeel.Proxying.Connections;
using EvenKeel.Proxying.ProxyProtocol;

namespace EvenKeel.Gateway.Health;

/// <summary>
/// One check of an endpoint over a connection of its own, so that it says whether a new client could be served. With a path it sends a GET and
/// reads no more than the status line; without one it only connects. An endpoint that reads a PROXY header gets one first, so that it neither
/// refuses the check nor waits for the header.
/// </summary>
internal static class EndpointCheck
{
    // "HTTP/1.1 200" has twelve bytes; a status line that has not come within this many is none.
    private const int StatusEnd = 12;

    /// <summary>Checks once.</summary>
    /// <param name="address">The endpoint.</param>
    /// <param name="path">The path that has to answer 2xx, or null to check only that the port accepts, and speaks TLS where it should.</param>
    /// <param name="proxy">The PROXY header that the endpoint reads, or null.</param>
    /// <param name="tls">How to connect with TLS, or null.</param>
    /// <param name="timeout">Time after which the check has failed.</param>
    /// <param name="time">The clock of the time-out.</param>
    /// <param name="cancellationToken">Gives the check up.</param>
    /// <exception cref="OperationCanceledException">The token ended; nothing was found out.</exception>
    public static async Task<CheckResult> RunAsync(
        IPEndPoint address, string? path, ProxyVersion? proxy, ServiceTlsOptions? tls, TimeSpan timeout, TimeProvider time,
        CancellationToken cancellationToken)
    {
        using var timer = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellationToken);
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        bool answered = false;
        try
        {
            await socket.ConnectAsync(address, either.Token).ConfigureAwait(false);
            await using Stream stream = new NetworkStream(socket);
            byte[] header = proxy is { } version ? HeaderOf(socket, version) : [];
            if (tls is null)
            {
                CheckResult plain = await AskAsync(stream, header, address, path, either.Token).ConfigureAwait(false);
                answered = path is not null;
                return plain;
            }

            await stream.WriteAsync(header, either.Token).ConfigureAwait(false);
            await using var secure = new SslStream(stream);
            await secure.AuthenticateAsClientAsync(CheckTls.OptionsOf(tls), either.Token).ConfigureAwait(false);
            CheckResult encrypted = await AskAsync(secure, [], address, path, either.Token).ConfigureAwait(false);
            answered = path is not null;
            return encrypted;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new CheckResult(false, $"no answer in {timeout.TotalMilliseconds:0} ms");
        }
        catch (Exception error) when ((error as SocketException ?? error.InnerException as SocketException) is { } failure)
        {
            return new CheckResult(false, failure.SocketErrorCode.ToString());
        }
        catch (Exception error) when (error is AuthenticationException or CryptographicException or IOException or UnauthorizedAccessException)
        {
            return new CheckResult(false, $"TLS: {error.Message}");
        }
        finally
        {
            if (answered)
            {
                // The result does not wait for the rest of the reply.
                _ = PatientClose.EndAsync(socket, timeout, time);
            }
            else
            {
                socket.Dispose();
            }
        }
    }

    private static async Task<CheckResult> AskAsync(
        Stream stream, byte[] header, IPEndPoint address, string? path, CancellationToken cancellationToken)
    {
        if (path is null)
        {
            await stream.WriteAsync(header, cancellationToken).ConfigureAwait(false);
            return new CheckResult(true, "the port accepts");
        }

        byte[] request = [.. header, .. Encoding.ASCII.GetBytes(
            $"GET {path} HTTP/1.1\r\nHost: {address}\r\nUser-Agent: evenkeel-health\r\nAccept: */*\r\nConnection: close\r\n\r\n")];
        await stream.WriteAsync(request, cancellationToken).ConfigureAwait(false);
        byte[] answer = new byte[StatusEnd];
        int received = await stream.ReadAtLeastAsync(answer, answer.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        return received < answer.Length ? new CheckResult(false, $"the connection ended after {received} bytes") : Read(answer);
    }

    private static byte[] HeaderOf(Socket socket, ProxyVersion version)
    {
        byte[] header = new byte[ProxyHeaderWriter.MaxLength];
        return header[..ProxyHeaderWriter.WriteLocal(version, (IPEndPoint)socket.LocalEndPoint!, (IPEndPoint)socket.RemoteEndPoint!, header)];
    }

    private static CheckResult Read(ReadOnlySpan<byte> answer)
    {
        if (!answer.StartsWith("HTTP/1."u8) || answer[8] != ' ' || answer[9..].ContainsAnyExceptInRange((byte)'0', (byte)'9'))
        {
            return new CheckResult(false, "the answer is not HTTP/1.x");
        }

        return new CheckResult(answer[9] == '2', $"status {Encoding.ASCII.GetString(answer[9..])}");
    }
}

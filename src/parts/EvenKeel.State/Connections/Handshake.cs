using System.Net;
using System.Net.Sockets;
using EvenKeel.Resp.Frames;
using EvenKeel.Resp.Replies;
using EvenKeel.State.Options;

namespace EvenKeel.State.Connections;

/// <summary>
/// Opens a socket and says what is said before operations: HELLO 3 if asked for, else AUTH; SELECT and CLIENT SETNAME as far as asked for, then
/// PING. A server that does not know HELLO 3 is spoken to with RESP2.
/// </summary>
internal static class Handshake
{
    private static readonly string[] WithoutResp3 = ["NOPROTO", "ERR unknown command"];

    /// <summary>Connects and shakes hands.</summary>
    /// <returns>The socket, and whether it speaks RESP3.</returns>
    /// <exception cref="IOException">It did not succeed; the message says why, in words that follow "the server at ADDRESS:".</exception>
    public static async Task<(Socket Socket, bool Resp3)> ConnectAsync(StateClientOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(options.ConnectTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };

        // A leased connection may wait long for an answer, and nothing is sent meanwhile: the system asks whether the other side is there, and ends
        // the connection when it is not, after four seconds.
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, 2);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, 1);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, 2);
        try
        {
            EndPoint remote = IPAddress.TryParse(options.Host, out IPAddress? address)
                ? new IPEndPoint(address, options.Port)
                : new DnsEndPoint(options.Host, options.Port);
            await socket.ConnectAsync(remote, either.Token).ConfigureAwait(false);
            return (socket, await RunAsync(socket, options, either.Token).ConfigureAwait(false));
        }
        catch (Exception error)
        {
            socket.Dispose();
            if (error is SocketException socketError)
            {
                throw new IOException(socketError.SocketErrorCode.ToString(), error);
            }

            if (error is OperationCanceledException && !cancellationToken.IsCancellationRequested)
            {
                throw new IOException($"no answer to connecting within {options.ConnectTimeout.TotalMilliseconds:0} ms", error);
            }

            throw;
        }
    }

    private static async Task<bool> RunAsync(Socket socket, StateClientOptions options, CancellationToken cancellationToken)
    {
        bool resp3 = options.Protocol == 3 && await TryHelloAsync(socket, options, cancellationToken).ConfigureAwait(false);
        await AskAsync(socket, Requests(options, authenticated: resp3), resp3, cancellationToken).ConfigureAwait(false);
        return resp3;
    }

    private static async Task<bool> TryHelloAsync(Socket socket, StateClientOptions options, CancellationToken cancellationToken)
    {
        string[] hello = options.Password is null ? ["HELLO", "3"] : ["HELLO", "3", "AUTH", options.User ?? "default", options.Password];
        try
        {
            await AskAsync(socket, [hello], resp3: true, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (IOException refusal) when (WithoutResp3.Any(word => refusal.Message.Contains(word, StringComparison.Ordinal)))
        {
            return false;
        }
    }

    private static async Task AskAsync(Socket socket, List<string[]> requests, bool resp3, CancellationToken cancellationToken)
    {
        var writer = new RespWriter();
        foreach (string[] request in requests)
        {
            writer.WriteArrayHeader(request.Length);
            foreach (string argument in request)
            {
                writer.WriteBulk(argument);
            }
        }

        for (ReadOnlyMemory<byte> rest = writer.WrittenMemory; rest.Length > 0;)
        {
            rest = rest[await socket.SendAsync(rest, SocketFlags.None, cancellationToken).ConfigureAwait(false)..];
        }

        await ReadRepliesAsync(socket, requests, resp3, cancellationToken).ConfigureAwait(false);
    }

    private static List<string[]> Requests(StateClientOptions options, bool authenticated)
    {
        var requests = new List<string[]>();
        if (options.Password is not null && !authenticated)
        {
            requests.Add(options.User is null ? ["AUTH", options.Password] : ["AUTH", options.User, options.Password]);
        }

        if (options.Database != 0)
        {
            requests.Add(["SELECT", options.Database.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        }

        if (options.Name is not null)
        {
            requests.Add(["CLIENT", "SETNAME", options.Name]);
        }

        requests.Add(["PING"]);
        return requests;
    }

    private static async Task ReadRepliesAsync(Socket socket, List<string[]> requests, bool resp3, CancellationToken cancellationToken)
    {
        var parser = new ReplyParser(RespLimits.Default, resp3);
        byte[] buffer = new byte[4096];
        int answered = 0;
        while (answered < requests.Count)
        {
            int received = await socket.ReceiveAsync(buffer, SocketFlags.None, cancellationToken).ConfigureAwait(false);
            if (received == 0)
            {
                throw new IOException($"it closed the connection instead of answering {requests[answered][0]}");
            }

            ReadOnlyMemory<byte> rest = buffer.AsMemory(0, received);
            while (rest.Length > 0)
            {
                ReplyStatus status = parser.Read(rest.Span, out int consumed, out RespValue? value);
                rest = rest[consumed..];
                if (status == ReplyStatus.Invalid)
                {
                    throw new IOException($"it does not answer as a RESP server: {parser.Error}");
                }

                if (status == ReplyStatus.Complete)
                {
                    Check(requests, answered++, value!);
                }
            }
        }
    }

    private static void Check(List<string[]> requests, int index, RespValue reply)
    {
        if (index >= requests.Count)
        {
            throw new IOException("it sent a reply that nothing asked for");
        }

        if (reply.Kind == RespKind.Error)
        {
            throw new IOException($"it refused {requests[index][0]}: {reply.Text}");
        }
    }
}

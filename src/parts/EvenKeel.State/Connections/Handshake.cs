using System.Net.Sockets;
using EvenKeel.Resp.Frames;
using EvenKeel.Resp.Replies;
using EvenKeel.State.Options;

namespace EvenKeel.State.Connections;

/// <summary>What is said on a new connection before operations: AUTH, SELECT and CLIENT SETNAME as far as asked for, then PING.</summary>
internal static class Handshake
{
    /// <summary>Runs it.</summary>
    /// <exception cref="IOException">The server refused or left.</exception>
    public static async Task RunAsync(Socket socket, StateClientOptions options, CancellationToken cancellationToken)
    {
        List<string[]> requests = Requests(options);
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

        await ReadRepliesAsync(socket, requests, cancellationToken).ConfigureAwait(false);
    }

    private static List<string[]> Requests(StateClientOptions options)
    {
        var requests = new List<string[]>();
        if (options.Password is not null)
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

    private static async Task ReadRepliesAsync(Socket socket, List<string[]> requests, CancellationToken cancellationToken)
    {
        var parser = new ReplyParser(RespLimits.Default);
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

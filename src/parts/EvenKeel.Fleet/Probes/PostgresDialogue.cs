using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;

namespace EvenKeel.Fleet.Probes;

/// <summary>
/// Opens a session of PostgreSQL's protocol 3.0 as the user postgres and waits for ReadyForQuery, which no server sends that starts up, shuts
/// down or recovers. A server that asks for a password is there too.
/// </summary>
internal static class PostgresDialogue
{
    private const int Limit = 16 * 1024;

    /// <summary>Asks.</summary>
    /// <returns>Why it is not ready, or null when it is.</returns>
    public static async Task<string?> AskAsync(Socket socket, CancellationToken cancellationToken)
    {
        await socket.SendAsync(StartupMessage(), cancellationToken).ConfigureAwait(false);
        var buffer = new byte[Limit];
        var length = 0;
        while (length < Limit)
        {
            var read = await socket.ReceiveAsync(buffer.AsMemory(length), cancellationToken).ConfigureAwait(false);
            if (read == 0)
            {
                return "PostgreSQL closed the connection before it was ready";
            }

            length += read;
            if (Judge(buffer.AsSpan(0, length)) is { } judged)
            {
                // Terminate, so that the server does not log a lost connection.
                await socket.SendAsync((byte[])[(byte)'X', 0, 0, 0, 4], cancellationToken).ConfigureAwait(false);
                return judged.Length == 0 ? null : judged;
            }
        }

        return "the reply is longer than PostgreSQL's greeting";
    }

    /// <summary>What the messages so far say: empty when it is ready, a reason when it is not, null when that is open.</summary>
    internal static string? Judge(ReadOnlySpan<byte> messages)
    {
        while (messages.Length >= 5)
        {
            var type = (char)messages[0];
            var size = BinaryPrimitives.ReadInt32BigEndian(messages[1..]);
            if (size is < 4 or > Limit || !char.IsAsciiLetter(type))
            {
                return "what listens there is not PostgreSQL";
            }

            if (messages.Length < size + 1)
            {
                return null;
            }

            var body = messages.Slice(5, size - 4);
            switch (type)
            {
                case 'Z':
                    return "";
                case 'E':
                    return $"PostgreSQL says: {Reason(body)}";
                case 'R' when body.Length >= 4 && BinaryPrimitives.ReadInt32BigEndian(body) != 0:
                    return "";
            }

            messages = messages[(size + 1)..];
        }

        return null;
    }

    // Fields of one letter and a text that ends with NUL; M is the message.
    private static string Reason(ReadOnlySpan<byte> fields)
    {
        foreach (var field in Encoding.UTF8.GetString(fields).Split('\0'))
        {
            if (field.StartsWith('M'))
            {
                return field[1..];
            }
        }

        return "no reason";
    }

    private static byte[] StartupMessage()
    {
        var parameters = Encoding.ASCII.GetBytes("user\0postgres\0database\0postgres\0application_name\0evenkeel-health\0\0");
        var message = new byte[8 + parameters.Length];
        BinaryPrimitives.WriteInt32BigEndian(message, message.Length);
        BinaryPrimitives.WriteInt32BigEndian(message.AsSpan(4), 3 << 16);
        parameters.CopyTo(message, 8);
        return message;
    }
}

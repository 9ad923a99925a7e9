using System.Net.Sockets;
using System.Text;

namespace EvenKeel.Fleet.Probes;

/// <summary>Sends PING. A server that loads its file answers LOADING and is not ready; one that asks for a password is there.</summary>
internal static class RedisDialogue
{
    private const int Limit = 512;

    /// <summary>Asks.</summary>
    /// <returns>Why it is not ready, or null when it is.</returns>
    public static async Task<string?> AskAsync(Socket socket, CancellationToken cancellationToken)
    {
        await socket.SendAsync("PING\r\n"u8.ToArray(), cancellationToken).ConfigureAwait(false);
        var buffer = new byte[Limit];
        var length = 0;
        while (length < Limit && buffer.AsSpan(0, length).IndexOf((byte)'\n') < 0)
        {
            var read = await socket.ReceiveAsync(buffer.AsMemory(length), cancellationToken).ConfigureAwait(false);
            if (read == 0)
            {
                return "the connection closed without a reply to PING";
            }

            length += read;
        }

        var line = Encoding.ASCII.GetString(buffer, 0, length).TrimEnd('\r', '\n');
        return line == "+PONG" || line.StartsWith("-NOAUTH", StringComparison.Ordinal) ? null : $"PING was answered by '{line}'";
    }
}

using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using EvenKeel.Transport.Connections;

namespace Backend;

/// <summary>The connection after it became a WebSocket (RFC 6455): each message of less than 126 bytes is unmasked and sent back.</summary>
internal sealed class EchoHandler : ConnectionHandler
{
    private const int MaskedHead = 6;

    /// <summary>The response that makes the connection a WebSocket.</summary>
    [SuppressMessage("Security", "CA5350", Justification = "RFC 6455 prescribes SHA-1; it protects nothing")]
    public static byte[] Accept(ReadOnlySpan<byte> key)
    {
        var digest = SHA1.HashData(Encoding.ASCII.GetBytes(Encoding.ASCII.GetString(key) + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"));
        return Encoding.ASCII.GetBytes(
            "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + $"Sec-WebSocket-Accept: {Convert.ToBase64String(digest)}\r\n\r\n");
    }

    public override int OnReceived(Connection connection, ReceivedBytes bytes)
    {
        var consumed = 0;
        Span<byte> echo = stackalloc byte[2 + 125];
        while (bytes.Data.Length - consumed >= MaskedHead)
        {
            var frame = bytes.Data[consumed..];
            int length = frame[1] & 0x7f;
            if ((frame[1] & 0x80) == 0 || length > 125)
            {
                connection.Abort();
                return bytes.Data.Length;
            }

            if (frame.Length < MaskedHead + length)
            {
                break;
            }

            echo[0] = frame[0];
            echo[1] = (byte)length;
            for (var i = 0; i < length; i++)
            {
                echo[2 + i] = (byte)(frame[MaskedHead + i] ^ frame[2 + (i & 3)]);
            }

            connection.Send(echo[..(2 + length)]);
            consumed += MaskedHead + length;
        }

        return consumed;
    }

    public override void OnReceiveEnded(Connection connection, int unconsumed) => connection.Close();

    public override void OnClosed(Connection connection, CloseReason reason)
    {
    }
}

using System.Net.Sockets;
using System.Text;
using EvenKeel.Gateway.Tests.Wire;

namespace EvenKeel.Gateway.Tests.Strictness;

/// <summary>Reads what comes until the stream ends, in order or by a reset.</summary>
internal static class BrokenOff
{
    public static async Task<(string Text, bool IsReset)> ReadAsync(ByteChannel channel, Action<string>? see = null)
    {
        var text = new StringBuilder();
        try
        {
            while (await channel.SkipAsync(bytes => text.Append(Encoding.Latin1.GetString(bytes.Span))) > 0)
            {
                see?.Invoke(text.ToString());
            }

            return (text.ToString(), false);
        }
        catch (SocketException error) when (error.SocketErrorCode == SocketError.ConnectionReset)
        {
            // A reset is how a response is broken off.
            return (text.ToString(), true);
        }
    }
}

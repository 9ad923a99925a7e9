using System.Net.Sockets;

namespace EvenKeel.Proxying.Connections;

/// <summary>
/// Closes a client's connection of which the begin of the reply was enough. A close with bytes unread, or still to come, is a reset (RFC 9112
/// section 9.6), which many servers log as an error each time; so the rest of the reply is taken first and dropped.
/// It costs the connection a little longer, and at most <see cref="Limit"/> bytes of reading.
/// </summary>
public static class PatientClose
{
    /// <summary>A rest longer than this, in bytes, is not waited for: 256 KiB.</summary>
    public const int Limit = 256 * 1024;

    /// <summary>Reads until the server has closed, then closes. It does not throw.</summary>
    /// <param name="socket">The connection; it is disposed here.</param>
    /// <param name="timeout">The connection is closed after this time in any case.</param>
    /// <param name="time">The clock of the time-out.</param>
    public static async Task EndAsync(Socket socket, TimeSpan timeout, TimeProvider time)
    {
        using (socket)
        {
            using var limit = new CancellationTokenSource(timeout, time);
            var buffer = new byte[4096];
            try
            {
                for (var rest = Limit; rest > 0;)
                {
                    var read = await socket.ReceiveAsync(buffer, limit.Token).ConfigureAwait(false);
                    rest = read == 0 ? 0 : rest - read;
                }
            }
            catch (Exception error) when (error is SocketException or OperationCanceledException)
            {
                // The server reset it, or keeps it open: nothing is left to be polite about.
            }
        }
    }
}

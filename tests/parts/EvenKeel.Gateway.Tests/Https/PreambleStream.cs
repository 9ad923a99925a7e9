using System.Net.Sockets;

namespace EvenKeel.Gateway.Tests.Https;

/// <summary>Sends some bytes in front of the first that are written, in one piece with them or each by itself before.</summary>
internal sealed class PreambleStream(Socket socket, byte[] preamble, bool inPieces) : NetworkStream(socket, ownsSocket: true)
{
    private byte[]? _preamble = preamble;

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_preamble is { } first)
        {
            _preamble = null;
            for (var i = 0; inPieces && i < first.Length; i++)
            {
                await base.WriteAsync(first.AsMemory(i, 1), cancellationToken);
            }

            buffer = inPieces ? buffer : (byte[])[.. first, .. buffer.Span];
        }

        await base.WriteAsync(buffer, cancellationToken);
    }
}

using System.Buffers.Binary;

namespace Metering.Relay.Frames;

/// <summary>Cuts a stream into messages. It understands no more of them than their lengths.</summary>
public sealed class FrameReader(Stream stream)
{
    /// <summary>The largest message, in bytes; PostgreSQL itself takes up to 1 GB.</summary>
    public const int Largest = 64 * 1024 * 1024;

    private readonly byte[] _head = new byte[5];

    /// <summary>Reads the first message of a client, which has a length and no type.</summary>
    /// <returns>Null when the stream ended before it.</returns>
    /// <exception cref="InvalidDataException">Its length is none.</exception>
    public Task<Frame?> ReadFirstAsync(CancellationToken cancellationToken) => ReadAsync(headLength: 4, cancellationToken);

    /// <summary>Reads any other message.</summary>
    /// <returns>Null when the stream ended before it.</returns>
    /// <exception cref="InvalidDataException">Its length is none.</exception>
    public Task<Frame?> ReadAsync(CancellationToken cancellationToken) => ReadAsync(headLength: 5, cancellationToken);

    private async Task<Frame?> ReadAsync(int headLength, CancellationToken cancellationToken)
    {
        var head = _head.AsMemory(0, headLength);
        if (await stream.ReadAtLeastAsync(head, headLength, throwOnEndOfStream: false, cancellationToken) < headLength)
        {
            return null;
        }

        // The length counts itself and not the type.
        var length = BinaryPrimitives.ReadInt32BigEndian(head.Span[^4..]);
        if (length is < 4 or > Largest)
        {
            throw new InvalidDataException($"a message of {length} bytes is none of PostgreSQL's protocol, or larger than {Largest} bytes");
        }

        var bytes = new byte[headLength - 4 + length];
        head.CopyTo(bytes);
        await stream.ReadExactlyAsync(bytes.AsMemory(headLength), cancellationToken);
        return new Frame(headLength == 4 ? '\0' : (char)bytes[0], bytes);
    }
}

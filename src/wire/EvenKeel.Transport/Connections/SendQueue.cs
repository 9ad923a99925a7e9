using System.Buffers;

namespace EvenKeel.Transport.Connections;

/// <summary>Bytes that the kernel did not take yet, in pooled chunks. Empty queues hold no memory but the small ring of chunks.</summary>
internal sealed class SendQueue
{
    private const int SmallestChunk = 4096;
    private Chunk[] _chunks = [];
    private int _first;
    private int _count;

    /// <summary>The bytes in the queue.</summary>
    public int Length { get; private set; }

    /// <summary>True when there is nothing to send.</summary>
    public bool IsEmpty => Length == 0;

    /// <summary>The first bytes, in one piece; stable until <see cref="Advance"/>, whatever is appended.</summary>
    public Memory<byte> First
    {
        get
        {
            ref Chunk chunk = ref _chunks[_first];
            return chunk.Array.AsMemory(chunk.Start, chunk.End - chunk.Start);
        }
    }

    /// <summary>Appends a copy.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        Length = checked(Length + bytes.Length);
        if (_count > 0)
        {
            ref Chunk last = ref _chunks[(_first + _count - 1) % _chunks.Length];
            int fits = Math.Min(bytes.Length, last.Array.Length - last.End);
            bytes[..fits].CopyTo(last.Array.AsSpan(last.End));
            last.End += fits;
            bytes = bytes[fits..];
        }

        if (!bytes.IsEmpty)
        {
            byte[] array = ArrayPool<byte>.Shared.Rent(Math.Max(bytes.Length, SmallestChunk));
            bytes.CopyTo(array);
            Add(new Chunk { Array = array, End = bytes.Length });
        }
    }

    /// <summary>Drops bytes of <see cref="First"/> that were sent.</summary>
    public void Advance(int sent)
    {
        ref Chunk chunk = ref _chunks[_first];
        chunk.Start += sent;
        Length -= sent;
        if (chunk.Start == chunk.End)
        {
            ArrayPool<byte>.Shared.Return(chunk.Array);
            chunk = default;
            _first = (_first + 1) % _chunks.Length;
            _count--;
        }
    }

    /// <summary>Drops everything.</summary>
    /// <param name="abandonFirst">True when the kernel or the runtime may still read the first chunk: it is left to the garbage collector.</param>
    public void Clear(bool abandonFirst)
    {
        for (; _count > 0; _count--, _first = (_first + 1) % _chunks.Length)
        {
            if (!abandonFirst)
            {
                ArrayPool<byte>.Shared.Return(_chunks[_first].Array);
            }

            abandonFirst = false;
            _chunks[_first] = default;
        }

        Length = 0;
    }

    private void Add(Chunk chunk)
    {
        if (_count == _chunks.Length)
        {
            var larger = new Chunk[Math.Max(4, _count * 2)];
            for (int i = 0; i < _count; i++)
            {
                larger[i] = _chunks[(_first + i) % _chunks.Length];
            }

            _chunks = larger;
            _first = 0;
        }

        _chunks[(_first + _count++) % _chunks.Length] = chunk;
    }

    private struct Chunk
    {
        public byte[] Array;
        public int Start;
        public int End;
    }
}

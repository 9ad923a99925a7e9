using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace EvenKeel.Transport.Epoll;

/// <summary>
/// An array of <c>struct epoll_event</c> in native memory: 32 bits of events, then 64 bits of data. The kernel packs it on x86-64 (12 bytes,
/// data at 4) and aligns it elsewhere (16 bytes, data at 8).
/// </summary>
internal sealed unsafe class EpollEvents : IDisposable
{
    /// <summary>Bytes of one event.</summary>
    public static readonly int Size = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 12 : 16;

    private static readonly int DataOffset = Size - sizeof(ulong);
    private byte* _memory;

    /// <summary>Allocates room for that many events.</summary>
    public EpollEvents(int capacity)
    {
        Capacity = capacity;
        _memory = (byte*)NativeMemory.AllocZeroed((nuint)capacity, (nuint)Size);
    }

    /// <summary>How many events there is room for.</summary>
    public int Capacity { get; }

    /// <summary>The first event.</summary>
    public byte* Pointer => _memory;

    /// <summary>Reads an event.</summary>
    public (uint Events, ulong Data) this[int index]
    {
        get
        {
            byte* at = _memory + (index * Size);
            return (Unsafe.ReadUnaligned<uint>(at), Unsafe.ReadUnaligned<ulong>(at + DataOffset));
        }
    }

    /// <summary>Writes one event to memory of <see cref="Size"/> bytes.</summary>
    public static void Write(byte* at, uint events, ulong data)
    {
        Unsafe.WriteUnaligned(at, events);
        Unsafe.WriteUnaligned(at + DataOffset, data);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        NativeMemory.Free(_memory);
        _memory = null;
    }
}

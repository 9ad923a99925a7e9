using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace EvenKeel.Transport.Epoll;

/// <summary>An array of <c>struct epoll_event</c> in native memory, in the layout of the architecture that runs.</summary>
internal sealed unsafe class EpollEvents : IDisposable
{
    /// <summary>Bytes of one event.</summary>
    public static readonly int Size = EpollEventLayout.Of(RuntimeInformation.ProcessArchitecture).Size;

    private static readonly int DataOffset = EpollEventLayout.Of(RuntimeInformation.ProcessArchitecture).DataOffset;
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

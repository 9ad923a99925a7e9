using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace EvenKeel.Fuzzing;

/// <summary>
/// Memory that ends right at a page that nobody may read: an over-read by one byte crashes the test instead of passing unseen. Linux only.
/// </summary>
[SupportedOSPlatform("linux")]
internal sealed unsafe partial class GuardedBuffer : IDisposable
{
    private readonly nint _start;
    private readonly nuint _total;
    private readonly nint _guard;

    public GuardedBuffer(int capacity)
    {
        int page = Environment.SystemPageSize;
        int usable = (capacity + page - 1) / page * page;
        _total = (nuint)(usable + page);
        _start = Map(0, _total, 3, 0x22, -1, 0);
        _guard = _start + usable;
        if (_start == -1 || Protect(_guard, (nuint)page, 0) != 0)
        {
            throw new InvalidOperationException($"no guarded memory: errno {Marshal.GetLastPInvokeError()}");
        }
    }

    /// <summary>The address of the first byte that cannot be read.</summary>
    public nint Guard => _guard;

    /// <summary>A copy of the bytes whose end is the guard.</summary>
    public Span<byte> Place(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > _guard - _start)
        {
            throw new ArgumentException($"{bytes.Length} bytes do not fit");
        }

        var place = new Span<byte>((void*)(_guard - bytes.Length), bytes.Length);
        bytes.CopyTo(place);
        return place;
    }

    public void Dispose() => _ = Unmap(_start, _total);

    [LibraryImport("libc", EntryPoint = "mmap", SetLastError = true)]
    private static partial nint Map(nint address, nuint length, int protection, int flags, int descriptor, nint offset);

    [LibraryImport("libc", EntryPoint = "mprotect", SetLastError = true)]
    private static partial int Protect(nint address, nuint length, int protection);

    [LibraryImport("libc", EntryPoint = "munmap")]
    private static partial int Unmap(nint address, nuint length);
}

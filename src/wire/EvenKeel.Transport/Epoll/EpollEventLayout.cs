using System.Runtime.InteropServices;

namespace EvenKeel.Transport.Epoll;

/// <summary>
/// Where the fields of <c>struct epoll_event</c> are: 32 bits of events at 0, then 64 bits of data. The kernel packs it on x86-64, for the sake of
/// programs of 32 bits, and aligns it on every other architecture.
/// </summary>
/// <param name="Size">Bytes of one event.</param>
/// <param name="DataOffset">Where its data begins.</param>
internal readonly record struct EpollEventLayout(int Size, int DataOffset)
{
    /// <summary>The layout on an architecture.</summary>
    public static EpollEventLayout Of(Architecture architecture)
        => architecture == Architecture.X64 ? new EpollEventLayout(12, 4) : new EpollEventLayout(16, 8);
}

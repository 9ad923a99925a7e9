using System.Runtime.InteropServices;

namespace EvenKeel.Transport.Epoll;

/// <summary>
/// The calls of the C library that the epoll transport makes. Those that never block and return within a few microseconds skip the runtime's
/// transition to native code (a transition costs more than some of them); while such a call runs, a garbage collection waits for it, and with it
/// every other loop. What copies more than <see cref="QuickBytes"/> makes the transition: it costs some nanoseconds of many microseconds. The
/// error is read with <see cref="Marshal.GetLastSystemError"/> right after the call, before anything else can change it.
/// </summary>
internal static partial class Libc
{
    /// <summary>The most bytes that a call without a transition may be expected to copy: about two microseconds of the kernel's copying.</summary>
    public const int QuickBytes = 16 * 1024;

    private const string Library = "libc";

    [LibraryImport(Library, EntryPoint = "socket")]
    public static partial int Socket(int family, int type, int protocol);

    [LibraryImport(Library, EntryPoint = "bind")]
    public static unsafe partial int Bind(int descriptor, byte* address, uint length);

    [LibraryImport(Library, EntryPoint = "listen")]
    public static partial int Listen(int descriptor, int backlog);

    [LibraryImport(Library, EntryPoint = "accept4"), SuppressGCTransition]
    public static unsafe partial int Accept4(int descriptor, byte* address, uint* length, int flags);

    [LibraryImport(Library, EntryPoint = "connect")]
    public static unsafe partial int Connect(int descriptor, byte* address, uint length);

    [LibraryImport(Library, EntryPoint = "getsockname")]
    public static unsafe partial int GetSockName(int descriptor, byte* address, uint* length);

    [LibraryImport(Library, EntryPoint = "setsockopt"), SuppressGCTransition]
    public static unsafe partial int SetSockOpt(int descriptor, int level, int option, void* value, uint length);

    [LibraryImport(Library, EntryPoint = "getsockopt"), SuppressGCTransition]
    public static unsafe partial int GetSockOpt(int descriptor, int level, int option, void* value, uint* length);

    [LibraryImport(Library, EntryPoint = "recv"), SuppressGCTransition]
    public static unsafe partial nint Receive(int descriptor, byte* buffer, nuint length, int flags);

    /// <summary>The same call where more than <see cref="QuickBytes"/> are expected.</summary>
    [LibraryImport(Library, EntryPoint = "recv")]
    public static unsafe partial nint ReceiveMuch(int descriptor, byte* buffer, nuint length, int flags);

    /// <summary>For at most <see cref="QuickBytes"/>.</summary>
    [LibraryImport(Library, EntryPoint = "send"), SuppressGCTransition]
    public static unsafe partial nint Send(int descriptor, byte* buffer, nuint length, int flags);

    /// <summary>The same call for more than <see cref="QuickBytes"/>.</summary>
    [LibraryImport(Library, EntryPoint = "send")]
    public static unsafe partial nint SendMuch(int descriptor, byte* buffer, nuint length, int flags);

    [LibraryImport(Library, EntryPoint = "shutdown"), SuppressGCTransition]
    public static partial int Shutdown(int descriptor, int how);

    [LibraryImport(Library, EntryPoint = "close")]
    public static partial int Close(int descriptor);

    /// <summary>Moves up to a megabyte: a garbage collection must not wait for that.</summary>
    [LibraryImport(Library, EntryPoint = "splice")]
    public static unsafe partial nint Splice(int from, long* fromOffset, int to, long* toOffset, nuint length, uint flags);

    [LibraryImport(Library, EntryPoint = "pipe2")]
    public static unsafe partial int Pipe(int* ends, int flags);

    [LibraryImport(Library, EntryPoint = "fcntl")]
    public static partial int Control(int descriptor, int command, int value);

    [LibraryImport(Library, EntryPoint = "epoll_create1")]
    public static partial int EpollCreate(int flags);

    [LibraryImport(Library, EntryPoint = "epoll_ctl"), SuppressGCTransition]
    public static unsafe partial int EpollControl(int epoll, int operation, int descriptor, byte* @event);

    [LibraryImport(Library, EntryPoint = "epoll_wait")]
    public static unsafe partial int EpollWait(int epoll, byte* events, int capacity, int milliseconds);

    /// <summary>The same call for a wait of 0 ms, which only looks.</summary>
    [LibraryImport(Library, EntryPoint = "epoll_wait"), SuppressGCTransition]
    public static unsafe partial int EpollLook(int epoll, byte* events, int capacity, int milliseconds);

    [LibraryImport(Library, EntryPoint = "getrlimit")]
    private static unsafe partial int GetLimit(int resource, ulong* limits);

    [LibraryImport(Library, EntryPoint = "eventfd")]
    public static partial int EventFd(uint value, int flags);

    [LibraryImport(Library, EntryPoint = "read"), SuppressGCTransition]
    public static unsafe partial nint Read(int descriptor, void* buffer, nuint length);

    [LibraryImport(Library, EntryPoint = "write"), SuppressGCTransition]
    public static unsafe partial nint Write(int descriptor, void* buffer, nuint length);

    /// <summary>The soft limit of a resource in force; null when it cannot be read.</summary>
    public static unsafe ulong? LimitOf(int resource)
    {
        // The soft limit, then the hard one.
        ulong* limits = stackalloc ulong[2];
        return GetLimit(resource, limits) == 0 ? limits[0] : null;
    }
}

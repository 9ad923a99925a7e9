using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace EvenKeel.Fleet.Processes.Native;

/// <summary>epoll(7). The event record is packed on x64 (12 bytes) and aligned elsewhere (16 bytes), so it is read by offset.</summary>
internal static unsafe partial class EpollCalls
{
    public const int Add = 1;
    public const int Delete = 2;
    public const int Modify = 3;

    /// <summary>EPOLLIN | EPOLLONESHOT: told once, then silent (a hang-up included) until it is armed again.</summary>
    public const uint ReadableOnce = 0x1 | (1u << 30);

    private const int CreateCloseOnExec = 0x80000;

    private static readonly int DataOffset =
        RuntimeInformation.ProcessArchitecture is Architecture.X64 or Architecture.X86 ? 4 : 8;

    /// <summary>The size of one event record.</summary>
    public static int EventSize => DataOffset + 8;

    public static int Create() => CreateWith(CreateCloseOnExec);

    public static int Control(int epoll, int operation, SafeFileHandle descriptor, uint events, long token)
    {
        byte* record = stackalloc byte[16];
        *(uint*)record = events;
        *(long*)(record + DataOffset) = token;
        return ControlWith(epoll, operation, descriptor, record);
    }

    public static int Wait(int epoll, byte* records, int capacity, int milliseconds) => WaitWith(epoll, records, capacity, milliseconds);

    public static long Token(byte* records, int index) => *(long*)(records + (index * EventSize) + DataOffset);

    [LibraryImport("libc", EntryPoint = "epoll_create1", SetLastError = true)]
    private static partial int CreateWith(int flags);

    [LibraryImport("libc", EntryPoint = "epoll_ctl", SetLastError = true)]
    private static partial int ControlWith(int epoll, int operation, SafeFileHandle descriptor, byte* record);

    [LibraryImport("libc", EntryPoint = "epoll_wait", SetLastError = true)]
    private static partial int WaitWith(int epoll, byte* records, int capacity, int milliseconds);
}

namespace EvenKeel.Transport.Epoll;

/// <summary>Constants of the Linux kernel's interface; the same on x86-64 and arm64.</summary>
internal static class LinuxValues
{
    public const int FamilyInet = 2;
    public const int FamilyInet6 = 10;
    public const int SocketStream = 1;
    public const int SocketNonBlocking = 0x800;
    public const int SocketCloseOnExec = 0x80000;

    public const int LevelSocket = 1;
    public const int LevelTcp = 6;
    public const int LevelIpv6 = 41;
    public const int OptionReuseAddress = 2;
    public const int OptionError = 4;
    public const int OptionLinger = 13;
    public const int OptionReusePort = 15;
    public const int OptionNoDelay = 1;
    public const int OptionIpv6Only = 26;

    public const int MessageNoSignal = 0x4000;
    public const int MessageMore = 0x8000;
    public const int ShutdownWrite = 1;

    public const int SetPipeSize = 1031;
    public const uint SpliceMove = 1;
    public const uint SpliceNonBlocking = 2;

    public const int LimitDescriptors = 7;

    public const int EpollAdd = 1;
    public const uint EpollIn = 0x1;
    public const uint EpollOut = 0x4;
    public const uint EpollError = 0x8;
    public const uint EpollHangUp = 0x10;
    public const uint EpollReadHangUp = 0x2000;
    public const uint EpollEdge = 1u << 31;

    public const int ErrorInterrupted = 4;
    public const int ErrorAgain = 11;
    public const int ErrorSystemFiles = 23;
    public const int ErrorProcessFiles = 24;
    public const int ErrorConnectionAborted = 103;
    public const int ErrorNoBuffers = 105;
    public const int ErrorConnectionRefused = 111;
    public const int ErrorInProgress = 115;
}

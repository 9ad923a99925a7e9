using System.Runtime.InteropServices;
using EvenKeel.Transport.Epoll;

namespace EvenKeel.Transport.Tests.Epoll;

public sealed unsafe class EpollEventLayoutTests
{
    [Fact]
    public void It_is_packed_on_x64_and_aligned_on_arm64()
    {
        Assert.Equal(Layout<Packed>(), EpollEventLayout.Of(Architecture.X64));
        Assert.Equal(new EpollEventLayout(12, 4), EpollEventLayout.Of(Architecture.X64));
        Assert.Equal(Layout<Aligned>(), EpollEventLayout.Of(Architecture.Arm64));
        Assert.Equal(new EpollEventLayout(16, 8), EpollEventLayout.Of(Architecture.Arm64));
        Assert.Equal(EpollEventLayout.Of(RuntimeInformation.ProcessArchitecture).Size, EpollEvents.Size);
    }

    // With a wrong layout the second event of a batch would be read from the middle of the first.
    [Fact]
    public void What_the_kernel_writes_is_read_in_the_layout_of_this_machine()
    {
        Assert.SkipUnless(EpollLoopGroup.IsSupported, "SKIPPED, epoll is not supported here");
        int epoll = Libc.EpollCreate(LinuxValues.SocketCloseOnExec);
        ulong[] keys = [0x0102030405060708, 0xF1F2F3F4F5F6F7F8, 0x1122334455667788];
        int[] ready = [.. keys.Select(_ => Libc.EventFd(1, LinuxValues.SocketCloseOnExec | LinuxValues.SocketNonBlocking))];
        byte* @event = stackalloc byte[16];
        for (int i = 0; i < keys.Length; i++)
        {
            EpollEvents.Write(@event, LinuxValues.EpollIn, keys[i]);
            Assert.Equal(0, Libc.EpollControl(epoll, LinuxValues.EpollAdd, ready[i], @event));
        }

        using var events = new EpollEvents(keys.Length);
        Assert.Equal(keys.Length, Libc.EpollWait(epoll, events.Pointer, events.Capacity, 0));
        (uint, ulong)[] seen = [.. Enumerable.Range(0, keys.Length).Select(index => events[index])];
        Assert.Equal(keys.Select(key => (LinuxValues.EpollIn, key)).Order(), seen.Order());
        foreach (int descriptor in ready.Append(epoll))
        {
            _ = Libc.Close(descriptor);
        }
    }

    private static EpollEventLayout Layout<T>() => new(Marshal.SizeOf<T>(), (int)Marshal.OffsetOf<T>("Data"));

    [StructLayout(LayoutKind.Sequential, Pack = 1)]
    private struct Packed
    {
        public uint Events;
        public ulong Data;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct Aligned
    {
        public uint Events;
        public ulong Data;
    }
}

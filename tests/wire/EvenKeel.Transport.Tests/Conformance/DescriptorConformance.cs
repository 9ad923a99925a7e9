using System.Net;
using System.Net.Sockets;
using EvenKeel.Transport.Connections;
using EvenKeel.Transport.Listeners;
using EvenKeel.Transport.Loops;

namespace EvenKeel.Transport.Tests.Conformance;

/// <summary>The rules of descriptors. They look at the whole process, so nothing may run beside them.</summary>
public abstract class DescriptorConformance<TGroup> : LoopGroupFixture<TGroup>
    where TGroup : LoopGroup
{
    private const int CloseOnExec = 0x80000;

    protected override LoopGroupOptions Options => base.Options with { Loops = 1 };

    [Fact]
    public async Task Every_descriptor_is_close_on_exec()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "SKIPPED, descriptors are read from /proc");
        HashSet<int> before = [.. OpenDescriptors().Keys];
        await using LoopGroup group = Start(Options);
        var handler = new RecordingHandler();
        Listener listener = group.Listen(new IPEndPoint(IPAddress.Loopback, 0), new ListenOptions(), _ => new FunctionAcceptor(_ => handler));
        var client = new RecordingHandler();
        await OnLoop(group.Loops[0], () => group.Loops[0].Connect(listener.Local, client));
        await client.Opened.Soon();
        await handler.Opened.Soon();
        KeyValuePair<int, int>[] made = [.. OpenDescriptors().Where(descriptor => !before.Contains(descriptor.Key))];
        Assert.True(made.Length >= 3, $"{made.Length} descriptors are new; a listener and two connections were expected");
        Assert.All(made, descriptor => Assert.True((descriptor.Value & CloseOnExec) != 0, $"descriptor {descriptor.Key} survives exec"));
    }

    [Fact]
    public async Task A_group_that_was_used_and_disposed_leaves_no_descriptor_behind()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "SKIPPED, descriptors are read from /proc");
        await UseGroup();
        int before = OpenDescriptors().Count;
        for (int i = 0; i < 5; i++)
        {
            await UseGroup();
        }

        await Eventually.IsTrue(() => OpenDescriptors().Count <= before, "the descriptors are closed");
    }

    [Fact]
    public async Task Without_descriptors_accepting_pauses_and_goes_on_later()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "SKIPPED, the limit is set by a Linux call");
        var handler = new RecordingHandler();
        Listener listener = Listen(_ => handler);
        EventLoop loop = Group.Loops[0];
        var refused = new RecordingHandler();
        Socket peer = Own(new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { Blocking = false });
        using (new DescriptorLimit(0))
        {
            try
            {
                peer.Connect(listener.Local);
            }
            catch (SocketException error) when (error.SocketErrorCode == SocketError.WouldBlock)
            {
                // A connect that does not block: the kernel completes it.
            }

            await Eventually.IsTrue(() => !Observer.Pauses.IsEmpty, "the pause was reported");
            await OnLoop(loop, () => loop.Connect(listener.Local, refused));
            Assert.Equal(CloseReason.NoDescriptor, await refused.Closed.Soon());
            Assert.False(handler.Opened.IsCompleted);
        }

        await handler.Opened.Soon();
    }

    [Fact]
    public async Task Clients_leave_descriptors_for_whatever_else_the_process_does()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "SKIPPED, the limit is set by a Linux call");
        using var limit = new DescriptorLimit((ulong)(OpenDescriptors().Keys.Max() + 300));
        await using LoopGroup group = Start(Options);
        await using Listener listener = group.Listen(new(IPAddress.Loopback, 0), new(), _ => new FunctionAcceptor(_ => Greeting()));
        var clients = new List<Socket>();
        for (int i = 0; i < 5000 && Observer.Pauses.IsEmpty; i++)
        {
            clients.Add(Own(new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp)));
            await clients[^1].ConnectAsync(listener.Local, TestContext.Current.CancellationToken);
        }

        Assert.Contains(Observer.Pauses, pause => pause.Contains("few descriptors are left", StringComparison.Ordinal));
        var others = Enumerable.Range(0, 16).Select(_ => File.OpenHandle("/dev/null")).ToList();

        others.ForEach(other => other.Dispose());
        clients.ForEach(client => client.Dispose());
        Socket late = Own(new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp));
        await late.ConnectAsync(listener.Local, TestContext.Current.CancellationToken);
        Assert.Equal(1, await late.ReceiveAsync(new byte[8], TestContext.Current.CancellationToken).AsTask().Soon());
    }

    private static RecordingHandler Greeting() => new() { WhenOpened = connection => connection.Send("x"u8) };

    private static async Task UseGroup()
    {
        await using LoopGroup group = Start(new LoopGroupOptions { Loops = 2 });
        var handlers = new List<RecordingHandler>();
        Listener listener = group.Listen(
            new IPEndPoint(IPAddress.Loopback, 0), new ListenOptions(), _ => new FunctionAcceptor(_ => new RecordingHandler()));
        for (int i = 0; i < 10; i++)
        {
            EventLoop loop = group.Loops[i % 2];
            var handler = new RecordingHandler();
            handlers.Add(handler);
            await OnLoop(loop, () => loop.Connect(listener.Local, handler));
        }

        foreach (RecordingHandler handler in handlers)
        {
            await handler.Opened.Soon();
        }
    }

    private static Dictionary<int, int> OpenDescriptors()
    {
        var found = new Dictionary<int, int>();
        foreach (string path in Directory.GetFiles("/proc/self/fdinfo"))
        {
            try
            {
                string flags = File.ReadLines(path).First(line => line.StartsWith("flags:", StringComparison.Ordinal));
                found[int.Parse(Path.GetFileName(path), System.Globalization.CultureInfo.InvariantCulture)] = Convert.ToInt32(flags[6..].Trim(), 8);
            }
            catch (IOException)
            {
                // The descriptor that reads the folder, closed meanwhile.
            }
        }

        return found;
    }
}

using System.Net.Sockets;
using EvenKeel.Transport.Connections;
using EvenKeel.Transport.Listeners;
using EvenKeel.Transport.Loops;

namespace EvenKeel.Transport.Tests.Conformance;

/// <summary>Bytes that one connection passes on to another: all of them, in their order, no more than the sink takes, and each end by itself.</summary>
public abstract class PassingConformance<TGroup> : LoopGroupFixture<TGroup>
    where TGroup : LoopGroup
{
    private const int Large = 48 * 1024 * 1024;

    protected override LoopGroupOptions Options => base.Options with { Loops = 1 };

    [Theory]
    [InlineData(Large, 1024 * 1024)]
    [InlineData(3 * 1024 * 1024, 777)]
    [InlineData(200_000, 200_000)]
    [InlineData(1, 1)]
    public async Task Every_byte_comes_out_as_it_went_in_and_is_counted(int total, int piece)
    {
        var (first, second) = await Pair();
        var bytes = Pattern(total);
        Task sending = SendAll(first.Peer, bytes, piece);
        Assert.True((await ReadExactly(second.Peer, total)).AsSpan().SequenceEqual(bytes), "the bytes differ");
        await sending.Soon();
        Assert.Equal((total, total, 0L), await OnLoop(first.Connection.Loop, () => (
            first.Connection.PassedBytes, second.Connection.AcceptedBytes, second.Connection.PassedBytes)));
        Assert.DoesNotContain("received", first.Handler.Events);
    }

    [Fact]
    public async Task Both_directions_go_on_at_once_and_each_ends_by_itself()
    {
        var (first, second) = await Pair();
        byte[] there = Pattern(Large);
        byte[] back = [.. there.Reverse()];
        Task sending = Task.WhenAll(SendAll(first.Peer, there, 300_000), SendAll(second.Peer, back, 70_000));
        Task<byte[]> arrived = ReadExactly(second.Peer, there.Length);
        Assert.True((await ReadExactly(first.Peer, back.Length)).AsSpan().SequenceEqual(back), "the bytes back differ");
        Assert.True((await arrived).AsSpan().SequenceEqual(there), "the bytes there differ");
        await sending.Soon();

        first.Peer.Shutdown(SocketShutdown.Send);
        Assert.Empty(await ReadToEnd(second.Peer));
        await second.Peer.SendAsync("after the other end"u8.ToArray());
        Assert.Equal("after the other end"u8.ToArray(), await ReadExactly(first.Peer, 19));
        second.Peer.Shutdown(SocketShutdown.Send);
        Assert.Equal(CloseReason.Closed, await first.Handler.Closed.Soon());
        Assert.Equal(CloseReason.Closed, await second.Handler.Closed.Soon());
        Assert.Empty(first.Handler.BrokenRules);
        Assert.Empty(second.Handler.BrokenRules);
    }

    [Fact]
    public async Task An_end_right_behind_the_last_byte_comes_after_it()
    {
        var (first, second) = await Pair();
        byte[] bytes = Pattern(Large);
        Task sending = SendAll(first.Peer, bytes, bytes.Length);
        Task ended = sending.ContinueWith(_ => first.Peer.Shutdown(SocketShutdown.Send), TaskScheduler.Default);
        Assert.True((await ReadToEnd(second.Peer)).AsSpan().SequenceEqual(bytes), "the bytes differ");
        await ended.Soon();
    }

    [Fact]
    public async Task A_sink_that_reads_nothing_stops_its_source_and_gets_all_in_the_end()
    {
        var (first, second) = await Pair();
        byte[] bytes = Pattern(Large);
        Task sending = SendAll(first.Peer, bytes, bytes.Length);
        await Eventually.IsTrue(() => OnLoop(first.Connection.Loop, () => second.Connection.QueuedBytes).Result > 0, "the sink is full");
        int most = Options.SendBacklog + Options.ReceiveBuffer + (1 << 20);
        for (int i = 0; i < 20; i++)
        {
            int queued = await OnLoop(first.Connection.Loop, () => second.Connection.QueuedBytes);
            Assert.True(queued <= most, $"{queued} bytes wait for a sink that reads nothing");
        }

        Assert.False(sending.IsCompleted);
        Assert.True((await ReadExactly(second.Peer, bytes.Length)).AsSpan().SequenceEqual(bytes), "the bytes differ");
        await sending.Soon();
        Assert.Equal(0, await OnLoop(first.Connection.Loop, () => second.Connection.QueuedBytes));
    }

    [Fact]
    public async Task A_sink_that_resets_stops_its_source_until_bytes_are_presented_again()
    {
        long presented = 0;
        var (first, second) = await Pair((_, bytes) =>
        {
            Interlocked.Add(ref presented, bytes.Data.Length);
            return bytes.Data.Length;
        });
        Task sending = SendAll(first.Peer, Pattern(Large), Large);
        await Eventually.IsTrue(() => OnLoop(first.Connection.Loop, () => second.Connection.QueuedBytes).Result > 0, "the sink is full");
        Reset(second.Peer);
        Assert.Equal(CloseReason.Reset, await second.Handler.Closed.Soon());
        Assert.False(sending.IsCompleted);
        long passed = await OnLoop(first.Connection.Loop, () =>
        {
            first.Connection.PassTo(null);
            return first.Connection.PassedBytes;
        });
        await sending.Soon();
        await Eventually.IsTrue(() => passed + Interlocked.Read(ref presented) == Large, "every byte was passed on or presented");
        Assert.Equal(0, first.Handler.Closes);
    }

    [Fact]
    public async Task A_source_that_resets_leaves_to_the_sink_what_was_passed_before()
    {
        var (first, second) = await Pair();
        byte[] bytes = Pattern(256 * 1024);
        await SendAll(first.Peer, bytes, bytes.Length);
        await Eventually.IsTrue(() => OnLoop(first.Connection.Loop, () => first.Connection.PassedBytes).Result == bytes.Length, "all was passed on");
        Reset(first.Peer);
        Assert.Equal(CloseReason.Reset, await first.Handler.Closed.Soon());
        Assert.Equal(bytes, await ReadExactly(second.Peer, bytes.Length));
        await OnLoop(second.Connection.Loop, second.Connection.Close);
        Assert.Equal(CloseReason.Closed, await second.Handler.Closed.Soon());
    }

    [Fact]
    public async Task What_a_handler_left_goes_first()
    {
        int seen = 0;
        var source = new RecordingHandler { WhenReceived = (_, bytes) => Interlocked.Exchange(ref seen, bytes.Data.Length) & 0 };
        (Connection connection, Socket peer) = await Accept(source);
        (Connection sink, Socket sinkPeer) = await Accept(new RecordingHandler());
        await peer.SendAsync("left, "u8.ToArray());
        await Eventually.IsTrue(() => Volatile.Read(ref seen) == 6, "the handler has left six bytes");
        await OnLoop(connection.Loop, () => connection.PassTo(sink));
        await peer.SendAsync("new"u8.ToArray());
        Assert.Equal("left, new"u8.ToArray(), await ReadExactly(sinkPeer, 9));
    }

    [Fact]
    public async Task A_sink_must_be_another_connection_of_the_loop()
    {
        await using LoopGroup other = Start(Options);
        (Connection connection, _) = await Accept(new RecordingHandler());
        Listener listener = other.Listen(new(System.Net.IPAddress.Loopback, 0), new ListenOptions(), _ => new FunctionAcceptor(_ => new RecordingHandler()));
        var foreign = new RecordingHandler();
        await OnLoop(other.Loops[0], () => other.Loops[0].Connect(listener.Local, foreign));
        Connection elsewhere = await foreign.Opened.Soon();
        await Assert.ThrowsAsync<ArgumentException>(() => OnLoop(connection.Loop, () => connection.PassTo(connection)));
        await Assert.ThrowsAsync<ArgumentException>(() => OnLoop(connection.Loop, () => connection.PassTo(elsewhere)));
    }

    internal async Task<(Side First, Side Second)> Pair(ReceiveFunction? whenPresented = null)
    {
        var ends = new Connection?[2];
        RecordingHandler End(int index) => new()
        {
            WhenReceived = whenPresented,
            WhenReceiveEnded = _ => ends[1 - index]?.ShutdownSend(),
        };
        RecordingHandler firstHandler = End(0);
        RecordingHandler secondHandler = End(1);
        (Connection first, Socket firstPeer) = await Accept(firstHandler);
        (Connection second, Socket secondPeer) = await Accept(secondHandler);
        (ends[0], ends[1]) = (first, second);
        await OnLoop(first.Loop, () =>
        {
            first.PassTo(second);
            second.PassTo(first);
        });
        return (new Side(first, firstPeer, firstHandler), new Side(second, secondPeer, secondHandler));
    }

    internal static Task SendAll(Socket socket, byte[] bytes, int piece) => Task.Run(async () =>
    {
        for (int sent = 0; sent < bytes.Length;)
        {
            sent += await socket.SendAsync(bytes.AsMemory(sent, Math.Min(piece, bytes.Length - sent)), TestContext.Current.CancellationToken);
        }
    });

    internal sealed record Side(Connection Connection, Socket Peer, RecordingHandler Handler);
}

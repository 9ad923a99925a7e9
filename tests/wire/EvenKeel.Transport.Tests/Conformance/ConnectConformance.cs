using System.Net;
using System.Net.Sockets;
using EvenKeel.Transport.Connections;
using EvenKeel.Transport.Loops;

namespace EvenKeel.Transport.Tests.Conformance;

/// <summary>The rules of connecting.</summary>
public abstract class ConnectConformance<TGroup> : LoopGroupFixture<TGroup>
    where TGroup : LoopGroup
{
    [Fact]
    public async Task Bytes_may_be_sent_before_the_connection_is_open()
    {
        Socket listener = PlainListener();
        var handler = new RecordingHandler { WhenOpened = connection => connection.Send("second"u8) };
        Connection connection = await Connect(listener.LocalEndPoint!, handler, made =>
        {
            Assert.Equal(SendResult.Taken, made.Send("first "u8));
            Assert.Equal(6, made.QueuedBytes);
            Assert.Equal(0, made.AcceptedBytes);
        });
        Socket peer = Own(await listener.AcceptAsync());
        Assert.Equal("first second"u8.ToArray(), await ReadExactly(peer, 12));
        Assert.Equal(12, await OnLoop(connection.Loop, () => connection.AcceptedBytes));
    }

    [Fact]
    public async Task An_end_that_was_asked_for_before_the_connection_is_open_comes_after_the_bytes()
    {
        Socket listener = PlainListener();
        var handler = new RecordingHandler();
        await Connect(listener.LocalEndPoint!, handler, made =>
        {
            made.Send("all"u8);
            made.ShutdownSend();
        });
        Socket peer = Own(await listener.AcceptAsync());
        Assert.Equal("all"u8.ToArray(), await ReadToEnd(peer));
        peer.Shutdown(SocketShutdown.Send);
        Assert.Equal(CloseReason.Closed, await handler.Closed.Soon());
    }

    [Fact]
    public async Task A_close_that_was_asked_for_before_the_connection_is_open_comes_after_the_bytes()
    {
        Socket listener = PlainListener();
        var handler = new RecordingHandler();
        await Connect(listener.LocalEndPoint!, handler, made =>
        {
            made.Send("all"u8);
            made.Close();
        });
        Socket peer = Own(await listener.AcceptAsync());
        Assert.Equal("all"u8.ToArray(), await ReadToEnd(peer));
        Assert.Equal(CloseReason.Closed, await handler.Closed.Soon());
        Assert.Equal(["closed"], handler.Events);
    }

    [Fact]
    public async Task A_refused_connect_says_so_and_has_accepted_nothing()
    {
        Socket listener = PlainListener();
        EndPoint address = listener.LocalEndPoint!;
        listener.Dispose();
        var handler = new RecordingHandler();
        Connection connection = await Connect(address, handler, made =>
        {
            made.Send("lost"u8);
            Assert.Equal(0, handler.Closes);
        });
        Assert.Equal(CloseReason.ConnectRefused, await handler.Closed.Soon());
        Assert.Equal(["closed"], handler.Events);
        Assert.Equal(0, connection.AcceptedBytes);
        Assert.Equal(SendResult.Closed, await OnLoop(connection.Loop, () => connection.Send("x"u8)));
    }

    [Fact]
    public async Task An_address_that_cannot_be_reached_fails_and_has_accepted_nothing()
    {
        // No packet leaves: a TCP connect to the broadcast address is refused by the kernel itself.
        var handler = new RecordingHandler();
        Connection connection = await Connect(new IPEndPoint(IPAddress.Broadcast, 9), handler, made => made.Send("lost"u8));
        Assert.Equal(CloseReason.ConnectFailed, await handler.Closed.Soon());
        Assert.Equal(["closed"], handler.Events);
        Assert.Equal(0, connection.AcceptedBytes);
    }

    [Fact]
    public async Task A_connect_that_nobody_answers_can_be_aborted()
    {
        // A full backlog drops the SYN, as a black hole does.
        Assert.SkipUnless(OperatingSystem.IsLinux(), "SKIPPED, only Linux drops a SYN when the backlog is full");
        Socket listener = PlainListener(backlog: 1);
        var fillers = new List<RecordingHandler>();
        for (int i = 0; i < 8; i++)
        {
            fillers.Add(new RecordingHandler());
            await Connect(listener.LocalEndPoint!, fillers[i], _ => { });
        }

        await fillers[0].Opened.Soon();
        var handler = new RecordingHandler();
        Connection connection = await Connect(listener.LocalEndPoint!, handler, made => made.Send("never"u8));
        for (int turn = 0; turn < 50; turn++)
        {
            await OnLoop(connection.Loop, () => { });
        }

        Assert.Empty(handler.Events);
        await OnLoop(connection.Loop, connection.Abort);
        Assert.Equal(CloseReason.Aborted, await handler.Closed.Soon());
        Assert.Equal(["closed"], handler.Events);
        Assert.Equal(0, connection.AcceptedBytes);
    }

    [Fact]
    public async Task A_handler_may_be_replaced_between_callbacks()
    {
        Socket listener = PlainListener();
        var first = new RecordingHandler();
        Connection connection = await Connect(listener.LocalEndPoint!, first, _ => { });
        Socket peer = Own(await listener.AcceptAsync());
        await first.Opened.Soon();
        var second = new RecordingHandler { WhenReceived = (_, bytes) => bytes.Data.Length };
        await OnLoop(connection.Loop, () => connection.Handler = second);
        await peer.SendAsync("x"u8.ToArray());
        peer.Shutdown(SocketShutdown.Send);
        await second.ReceiveEnded.Soon();
        Assert.Equal(["opened"], first.Events);
        Assert.Equal(["received", "ended"], second.Events);
    }

    private Task<Connection> Connect(EndPoint remote, RecordingHandler handler, Action<Connection> then)
        => OnLoop(Group.Loops[0], () =>
        {
            Connection connection = Group.Loops[0].Connect((IPEndPoint)remote, handler);
            Assert.Empty(handler.Events);
            then(connection);
            return connection;
        });
}

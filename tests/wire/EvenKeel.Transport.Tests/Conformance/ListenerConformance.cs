using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using EvenKeel.Transport.Connections;
using EvenKeel.Transport.Listeners;
using EvenKeel.Transport.Loops;

namespace EvenKeel.Transport.Tests.Conformance;

/// <summary>The rules of listening and accepting.</summary>
public abstract class ListenerConformance<TGroup> : LoopGroupFixture<TGroup>
    where TGroup : LoopGroup
{
    [Fact]
    public async Task Every_loop_has_an_acceptor_of_its_own_and_connections_belong_to_the_loop_that_accepted_them()
    {
        var wrong = new ConcurrentQueue<string>();
        var used = new ConcurrentDictionary<int, int>();
        var caller = Environment.CurrentManagedThreadId;
        Listener listener = Group.Listen(new IPEndPoint(IPAddress.Loopback, 0), new ListenOptions(), loop =>
        {
            Assert.Equal(caller, Environment.CurrentManagedThreadId);
            return new FunctionAcceptor(connection =>
            {
                if (connection.Loop != loop || !loop.IsCurrent)
                {
                    wrong.Enqueue($"loop {loop.Index}");
                }

                used.AddOrUpdate(loop.Index, 1, (_, count) => count + 1);
                return new RecordingHandler();
            });
        });
        for (int i = 0; i < 64; i++)
        {
            await Dial(listener.Local);
        }

        await Eventually.IsTrue(() => used.Values.Sum() == 64, "all were accepted");
        Assert.Empty(wrong);
        Assert.Equal(Group.Loops.Count, used.Count);
    }

    [Fact]
    public async Task A_port_that_another_socket_listens_on_is_busy()
    {
        Socket other = PlainListener();
        var error = Assert.Throws<SocketException>(() => ListenAt(Group, (IPEndPoint)other.LocalEndPoint!));
        Assert.Equal(SocketError.AddressAlreadyInUse, error.SocketErrorCode);
        await OnLoop(Group.Loops[0], () => { });
    }

    [Fact]
    public async Task A_port_that_a_group_listens_on_is_busy_for_it_and_for_every_other()
    {
        Listener first = Listen(_ => null);
        await using LoopGroup second = Start(Options);
        foreach (LoopGroup group in new[] { Group, second })
        {
            var error = Assert.Throws<SocketException>(() => ListenAt(group, first.Local));
            Assert.Equal(SocketError.AddressAlreadyInUse, error.SocketErrorCode);
        }

        using var plain = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        Assert.Throws<SocketException>(() => plain.Bind(first.Local));
    }

    [Fact]
    public async Task A_closed_listener_refuses_and_its_port_can_be_used_again_while_connections_live_on()
    {
        var handler = new RecordingHandler { WhenReceived = Echo };
        Listener listener = Listen(_ => handler);
        Socket peer = await Dial(listener.Local);
        await handler.Opened.Soon();
        await listener.DisposeAsync();
        var error = await Assert.ThrowsAsync<SocketException>(() => Dial(listener.Local));
        Assert.Equal(SocketError.ConnectionRefused, error.SocketErrorCode);
        await peer.SendAsync("alive"u8.ToArray());
        Assert.Equal("alive"u8.ToArray(), await ReadExactly(peer, 5));
        Listener again = ListenAt(Group, listener.Local);
        await Dial(again.Local);
        await listener.DisposeAsync();
        await Dial(again.Local);
    }

    [Fact]
    public async Task At_the_limit_connections_wait_until_one_ends()
    {
        var handlers = new ConcurrentQueue<RecordingHandler>();
        RecordingHandler Next()
        {
            var handler = new RecordingHandler { WhenReceiveEnded = connection => connection.Close() };
            handlers.Enqueue(handler);
            return handler;
        }

        Listener listener = Listen(_ => Next(), new ListenOptions { MaxConnections = 3 });
        var peers = new List<Socket>();
        for (int i = 0; i < 12; i++)
        {
            peers.Add(await Dial(listener.Local));
        }

        // Which of the waiting is next is the kernel's choice: all are ended, and all must have been accepted.
        await Eventually.IsTrue(() => handlers.Count == 3, "three were accepted");
        for (int turn = 0; turn < 50; turn++)
        {
            await OnLoop(Group.Loops[turn % 2], () => { });
        }

        Assert.Equal(3, handlers.Count);
        int open = 0;
        int most = 0;
        foreach (Socket peer in peers)
        {
            open = handlers.Count(handler => handler.Closes == 0);
            most = Math.Max(most, open);
            peer.Shutdown(SocketShutdown.Send);
        }

        await Eventually.IsTrue(() => handlers.Count == 12 && handlers.All(handler => handler.Closes == 1), "all were served in the end");
        Assert.True(most <= 3, $"{most} were open at once");
    }

    [Fact]
    public async Task A_refused_connection_is_reset_and_gives_its_place_back()
    {
        int asked = 0;
        Listener listener = Listen(
            _ => Interlocked.Increment(ref asked) <= 5 ? null : new RecordingHandler(),
            new ListenOptions { MaxConnections = 1 });
        for (int i = 0; i < 5; i++)
        {
            await DialAndBeReset(listener.Local);
        }

        await Dial(listener.Local);
        await Eventually.IsTrue(() => Volatile.Read(ref asked) == 6, "the sixth got its place");
        Assert.Empty(Observer.Failures);
    }

    [Fact]
    public async Task An_acceptor_that_throws_costs_only_its_connection()
    {
        int asked = 0;
        var handler = new RecordingHandler();
        Listener listener = Listen(_ => Interlocked.Increment(ref asked) == 1 ? throw new InvalidOperationException("acceptor") : handler);
        await DialAndBeReset(listener.Local);
        await Dial(listener.Local);
        await handler.Opened.Soon();
        Assert.Equal("acceptor", Assert.Single(Observer.Failures).Message);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 0)]
    public void Limits_outside_of_their_range_are_refused(int backlog, int connections)
        => Assert.Throws<ArgumentOutOfRangeException>(
            () => Listen(_ => null, new ListenOptions { Backlog = backlog, MaxConnections = connections }));

    private static int Echo(Connection connection, ReceivedBytes bytes)
    {
        connection.Send(bytes.Data);
        return bytes.Data.Length;
    }

    private static Listener ListenAt(LoopGroup group, IPEndPoint local)
        => group.Listen(local, new ListenOptions(), _ => new FunctionAcceptor(_ => new RecordingHandler()));
}

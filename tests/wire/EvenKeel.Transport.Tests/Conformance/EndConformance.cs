using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using EvenKeel.Transport.Connections;
using EvenKeel.Transport.Listeners;
using EvenKeel.Transport.Loops;

namespace EvenKeel.Transport.Tests.Conformance;

/// <summary>The rules of ending: every connection hears of its end once, whatever happens.</summary>
public abstract class EndConformance<TGroup> : LoopGroupFixture<TGroup>
    where TGroup : LoopGroup
{
    [Fact]
    public async Task Disposing_the_group_ends_connections_listeners_and_connects()
    {
        LoopGroup group = Start(Options);
        var accepted = new ConcurrentQueue<RecordingHandler>();
        Listener listener = group.Listen(new IPEndPoint(IPAddress.Loopback, 0), new ListenOptions(), _ => new FunctionAcceptor(_ =>
        {
            var handler = new RecordingHandler { WhenOpened = connection => connection.Send(new byte[8_000_000]) };
            accepted.Enqueue(handler);
            return handler;
        }));
        Socket silent = PlainListener();
        var clients = new List<RecordingHandler>();
        for (int i = 0; i < 10; i++)
        {
            await Dial(listener.Local);
            var client = new RecordingHandler();
            clients.Add(client);
            await OnLoop(group.Loops[i % 2], () => group.Loops[i % 2].Connect((IPEndPoint)silent.LocalEndPoint!, client));
        }

        await Eventually.IsTrue(() => accepted.Count == 10, "all were accepted");
        await group.DisposeAsync().AsTask().Soon();
        await group.DisposeAsync().AsTask().Soon();
        foreach (RecordingHandler handler in accepted.Concat(clients))
        {
            Assert.True(handler.Closed.IsCompleted);
            Assert.Equal(CloseReason.LoopEnded, await handler.Closed);
            Assert.Equal(1, handler.Closes);
            Assert.Empty(handler.BrokenRules);
        }

        await Assert.ThrowsAsync<SocketException>(() => Dial(listener.Local));
        bool ran = false;
        group.Loops[0].Post(_ => ran = true, null);
        await Task.Yield();
        Assert.False(ran);
        Assert.Throws<ObjectDisposedException>(
            () => group.Listen(new IPEndPoint(IPAddress.Loopback, 0), new ListenOptions(), _ => new FunctionAcceptor(_ => null)));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(8_000_000)]
    public async Task What_the_end_follows_arrives_whole_and_without_delay(int length)
    {
        var handler = new RecordingHandler { WhenOpened = connection => SendAndClose(connection, new byte[length]) };
        Listener listener = Listen(_ => handler);
        Socket peer = await Dial(listener.Local);
        Assert.Equal(length, (await ReadToEnd(peer)).Length);
        Assert.Equal(CloseReason.Closed, await handler.Closed.Soon());
    }

    [Fact]
    public async Task A_handler_that_connects_again_when_its_loop_ends_hears_of_that_end_too_and_cannot_go_on_for_ever()
    {
        LoopGroup group = Start(Options);
        Socket silent = PlainListener();
        var handlers = new ConcurrentQueue<RecordingHandler>();
        RecordingHandler Stubborn()
        {
            var handler = new RecordingHandler
            {
                WhenClosed = (connection, _) => connection.Loop.Connect((IPEndPoint)silent.LocalEndPoint!, Stubborn()),
            };
            handlers.Enqueue(handler);
            return handler;
        }

        RecordingHandler first = Stubborn();
        await OnLoop(group.Loops[0], () => group.Loops[0].Connect((IPEndPoint)silent.LocalEndPoint!, first));
        await first.Opened.Soon();
        await group.DisposeAsync().AsTask().Soon();
        Assert.True(handlers.Count > 2);
        Assert.All(handlers.SkipLast(1), handler => Assert.Equal(1, handler.Closes));
        Assert.Contains(Observer.Failures, error => error.Message.StartsWith("The loop has ended", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Under_random_sends_pauses_closes_aborts_and_resets_every_connection_is_closed_once(int seed)
    {
        var random = new Random(seed);
        var handlers = new ConcurrentQueue<RecordingHandler>();
        RecordingHandler Made()
        {
            int draw;
            lock (random)
            {
                draw = random.Next();
            }

            var own = new Random(draw);
            var handler = new RecordingHandler
            {
                WhenOpened = connection => Act(connection, own),
                WhenReceived = (connection, bytes) =>
                {
                    Act(connection, own);
                    return own.Next(bytes.Data.Length + 1);
                },
                WhenReceiveEnded = connection => Act(connection, own),
                WhenDrained = connection => Act(connection, own),
            };
            handlers.Enqueue(handler);
            return handler;
        }

        Listener listener = Listen(_ => Made());
        for (int i = 0; i < 300; i++)
        {
            EventLoop loop = Group.Loops[i % 2];
            if (random.Next(2) == 0)
            {
                loop.Post(_ => loop.Connect(listener.Local, Made()), null);
                continue;
            }

            Socket peer = Own(new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp));
            try
            {
                await peer.ConnectAsync(listener.Local);
            }
            catch (SocketException)
            {
                // The handler aborted in OnOpened, faster than the connect was looked at.
                continue;
            }

            _ = peer.SendAsync(new byte[random.Next(1, 200_000)]).ContinueWith(_ => { }, TaskScheduler.Default);
            switch (random.Next(3))
            {
                case 0:
                    Reset(peer);
                    break;
                case 1:
                    peer.Close();
                    break;
                default:
                    break;
            }
        }

        await Group.DisposeAsync().AsTask().Soon();
        Assert.True(handlers.Count > 200, $"only {handlers.Count} connections were handled");
        Assert.All(handlers, handler => Assert.Empty(handler.BrokenRules));
        Assert.All(handlers, handler => Assert.Equal(1, handler.Closes));
        Assert.Empty(Observer.Failures);
    }

    private static void Act(Connection connection, Random random)
    {
        for (int actions = random.Next(4); actions > 0; actions--)
        {
            switch (random.Next(12))
            {
                case 0:
                    connection.Abort();
                    break;
                case 1:
                    connection.Close();
                    break;
                case 2:
                    connection.ShutdownSend();
                    break;
                case 3 or 4:
                    connection.PauseReceive();
                    connection.Loop.Schedule(TimeSpan.FromMilliseconds(random.Next(20)), _ => connection.ResumeReceive(), null);
                    break;
                default:
                    connection.Send(new byte[random.Next(300_000)]);
                    break;
            }
        }
    }
}

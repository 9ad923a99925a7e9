using System.Net.Sockets;
using EvenKeel.Transport.Connections;
using EvenKeel.Transport.Listeners;
using EvenKeel.Transport.Loops;

namespace EvenKeel.Transport.Tests.Conformance;

/// <summary>Many bytes and many connections: nothing is lost, memory is bounded, nobody starves.</summary>
public abstract class TrafficConformance<TGroup> : LoopGroupFixture<TGroup>
    where TGroup : LoopGroup
{
    [Fact]
    public async Task Sixty_four_MiB_are_echoed_in_odd_pieces_with_a_bounded_queue()
    {
        const int Total = 64 * 1024 * 1024;
        int deepest = 0;
        var handler = new RecordingHandler
        {
            // It stops its source when the sink is full, as a proxy does.
            WhenReceived = (connection, bytes) =>
            {
                int take = Math.Min(bytes.Data.Length, 77_777);
                if (connection.Send(bytes.Data[..take]) == SendResult.Backlogged)
                {
                    connection.PauseReceive();
                }
                else if (take < bytes.Data.Length)
                {
                    connection.PauseReceive();
                    connection.ResumeReceive();
                }

                deepest = Math.Max(deepest, connection.QueuedBytes);
                return take;
            },
            WhenDrained = connection => connection.ResumeReceive(),
            WhenReceiveEnded = connection => connection.Close(),
        };
        (_, Socket peer) = await Accept(handler);
        byte[] piece = Pattern(99_991);
        Task sending = Task.Run(async () =>
        {
            for (int sent = 0; sent < Total;)
            {
                int length = Math.Min(Math.Min(piece.Length, 1 + (sent % piece.Length)), Total - sent);
                for (int done = 0; done < length;)
                {
                    done += await peer.SendAsync(piece.AsMemory(done, length - done));
                }

                sent += length;
            }

            peer.Shutdown(SocketShutdown.Send);
        });
        await ExpectEcho(peer, piece, Total);
        await sending.Soon();
        Assert.Equal(CloseReason.Closed, await handler.Closed.Soon());
        Assert.True(deepest <= Options.SendBacklog + 77_777, $"{deepest} bytes were queued");
        Assert.Empty(handler.BrokenRules);
    }

    [Fact]
    public async Task A_slow_reader_is_told_by_the_backlog_and_its_end_by_the_drain()
    {
        var handler = new RecordingHandler();
        (Connection connection, Socket peer) = await Accept(handler);
        long given = 0;
        byte[] piece = Pattern(50_000);
        await OnLoop(connection.Loop, () =>
        {
            SendResult result;
            do
            {
                result = connection.Send(piece);
                given += piece.Length;
                Assert.True(result == SendResult.Taken || connection.QueuedBytes > Options.SendBacklog);
                Assert.True(given < 256 * 1024 * 1024, "a reader that reads nothing was never told of");
            }
            while (result == SendResult.Taken);
            Assert.True(connection.AcceptedBytes <= given);
            Assert.True(connection.AcceptedBytes >= given - connection.QueuedBytes);
        });
        Assert.Equal(0, handler.Drains);
        await ReadExactly(peer, (int)given);
        await Eventually.IsTrue(() => OnLoop(connection.Loop, () => handler.Drains).Result == 1, "the drain was told");
        Assert.Equal(0, await OnLoop(connection.Loop, () => connection.QueuedBytes));
        Assert.Equal(given, connection.AcceptedBytes);
    }

    [Fact]
    public async Task Two_thousand_connections_are_served_at_once()
    {
        const int Connections = 2000;
        Listener listener = Listen(
            _ => new RecordingHandler { WhenReceived = Echo, WhenReceiveEnded = connection => connection.Close() },
            new ListenOptions { Backlog = 4096 });
        var clients = new RecordingHandler[Connections];
        int echoed = 0;
        for (int i = 0; i < Connections; i++)
        {
            int number = i;
            EventLoop loop = Group.Loops[i % 2];
            clients[i] = new RecordingHandler
            {
                WhenOpened = connection => connection.Send(BitConverter.GetBytes(number)),
                WhenReceived = (connection, bytes) =>
                {
                    if (bytes.Data.Length < 4)
                    {
                        return 0;
                    }

                    Assert.Equal(number, BitConverter.ToInt32(bytes.Data));
                    Interlocked.Increment(ref echoed);
                    return 4;
                },
            };
            loop.Post(_ => loop.Connect(listener.Local, clients[number]), null);
        }

        await Eventually.IsTrue(() => Volatile.Read(ref echoed) == Connections, $"all {Connections} were echoed");
        Assert.Empty(Observer.Failures);
        Assert.All(clients, client => Assert.Equal(0, client.Closes));
    }

    [Fact]
    public async Task A_connection_that_floods_does_not_starve_another_of_its_loop()
    {
        await using LoopGroup group = Start(Options with { Loops = 1 });
        long flooded = 0;
        Listener listener = group.Listen(new(System.Net.IPAddress.Loopback, 0), new ListenOptions(), _ => new FunctionAcceptor(_ =>
            new RecordingHandler
            {
                WhenReceived = (connection, bytes) =>
                {
                    if (bytes.Data[0] == 'e')
                    {
                        connection.Send(bytes.Data);
                    }

                    Interlocked.Add(ref flooded, bytes.Data.Length);
                    return bytes.Data.Length;
                },
            }));
        Socket flood = await Dial(listener.Local);
        Socket other = await Dial(listener.Local);
        using var stop = new CancellationTokenSource();
        Task flooding = Task.Run(async () =>
        {
            var bytes = new byte[4 * 1024 * 1024];
            while (!stop.IsCancellationRequested)
            {
                await flood.SendAsync(bytes);
            }
        });
        await Eventually.IsTrue(() => Interlocked.Read(ref flooded) > 16 * 1024 * 1024, "the flood runs");
        for (int round = 0; round < 50; round++)
        {
            await other.SendAsync("echo"u8.ToArray());
            Assert.Equal("echo"u8.ToArray(), await ReadExactly(other, 4));
        }

        await stop.CancelAsync();
        await flooding.Soon();
    }

    [Fact]
    public async Task One_turn_of_a_connection_is_bounded()
    {
        // Two connections hold more unread bytes than a turn may take: neither may be read to its end before the other had its turn.
        await using LoopGroup group = Start(Options with { Loops = 1, ReceiveBuffer = 16 * 1024, TurnBytes = 32 * 1024 });
        const int Each = 200_000;
        var order = new List<int>();
        var handlers = new List<RecordingHandler>();
        Listener listener = group.Listen(new(System.Net.IPAddress.Loopback, 0), new ListenOptions(), _ => new FunctionAcceptor(_ =>
        {
            int number = handlers.Count;
            handlers.Add(new RecordingHandler
            {
                WhenOpened = connection => connection.PauseReceive(),
                WhenReceived = (_, bytes) =>
                {
                    order.AddRange(Enumerable.Repeat(number, bytes.Data.Length));
                    return bytes.Data.Length;
                },
            });
            return handlers[number];
        }));
        Connection[] connections = new Connection[2];
        for (int i = 0; i < 2; i++)
        {
            Socket peer = await Dial(listener.Local);
            peer.SendBufferSize = Each * 2;
            await Eventually.IsTrue(() => OnLoop(group.Loops[0], () => handlers.Count).Result == i + 1, "it was accepted");
            connections[i] = await handlers[i].Opened.Soon();
            await peer.SendAsync(new byte[Each]).Soon();
        }

        await OnLoop(group.Loops[0], () => Array.ForEach(connections, connection => connection.ResumeReceive()));
        await Eventually.IsTrue(() => OnLoop(group.Loops[0], () => order.Count).Result == 2 * Each, "all was received");
        Assert.InRange(order.IndexOf(1), 1, 48 * 1024);
        Assert.True(order.IndexOf(1) < order.LastIndexOf(0), "the first connection was read to its end before the second had a turn");
    }

    [Fact]
    public async Task A_received_message_allocates_nothing_in_steady_state()
    {
        await using LoopGroup group = Start(Options with { Loops = 1 });
        var handler = new SilentEcho();
        Listener listener = group.Listen(new(System.Net.IPAddress.Loopback, 0), new ListenOptions(), _ => new FunctionAcceptor(_ => handler));
        Socket peer = await Dial(listener.Local);
        peer.Blocking = true;
        EventLoop loop = group.Loops[0];
        Exchange(peer, 2000);
        long before = await OnLoop(loop, GC.GetAllocatedBytesForCurrentThread);
        Exchange(peer, 5000);
        long after = await OnLoop(loop, GC.GetAllocatedBytesForCurrentThread);

        // Asking costs a delegate or two, and a collection in between counts what was left of the thread's 8 KB; 5,000 messages with one small
        // object each would cost over 100 KB.
        Assert.True(after - before < 40_000, $"{after - before} bytes were allocated for 5000 messages");
    }

    private static void Exchange(Socket peer, int rounds)
    {
        Span<byte> bytes = stackalloc byte[100];
        for (int round = 0; round < rounds; round++)
        {
            peer.Send(bytes);
            for (int read = 0; read < bytes.Length;)
            {
                read += peer.Receive(bytes[read..]);
            }
        }
    }

    private static int Echo(Connection connection, ReceivedBytes bytes)
    {
        connection.Send(bytes.Data);
        return bytes.Data.Length;
    }

    private static async Task ExpectEcho(Socket peer, byte[] piece, int total)
    {
        var buffer = new byte[256 * 1024];
        int received = 0;
        int start = 0;
        int length = 1;
        int position = 0;
        while (received < total)
        {
            int read = await peer.ReceiveAsync(buffer).Soon();
            Assert.True(read > 0, $"the echo ended after {received} bytes");
            for (int i = 0; i < read;)
            {
                int part = Math.Min(read - i, length - position);
                Assert.True(buffer.AsSpan(i, part).SequenceEqual(piece.AsSpan(position, part)), $"wrong bytes near {received + i}");
                i += part;
                position += part;
                if (position == length)
                {
                    start += length;
                    length = Math.Min(1 + (start % piece.Length), Math.Max(1, total - start));
                    position = 0;
                }
            }

            received += read;
        }

        Assert.Equal(0, await peer.ReceiveAsync(buffer).Soon());
    }

    private sealed class SilentEcho : ConnectionHandler
    {
        public override int OnReceived(Connection connection, ReceivedBytes bytes) => Echo(connection, bytes);

        public override void OnReceiveEnded(Connection connection, int unconsumed)
        {
        }

        public override void OnClosed(Connection connection, CloseReason reason)
        {
        }
    }
}

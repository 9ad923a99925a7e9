using System.Net;
using System.Net.Sockets;
using System.Text;
using EvenKeel.Transport.Connections;
using EvenKeel.Transport.Listeners;
using EvenKeel.Transport.Loops;

namespace EvenKeel.Transport.Tests.Conformance;

/// <summary>The rules of one connection: bytes, pauses, both ends of a stream. Every transport runs them.</summary>
public abstract class ConnectionConformance<TGroup> : LoopGroupFixture<TGroup>
    where TGroup : LoopGroup
{
    [Fact]
    public async Task Bytes_are_echoed_and_the_callbacks_come_in_order()
    {
        var handler = new RecordingHandler
        {
            WhenReceived = (connection, bytes) =>
            {
                Assert.Equal(SendResult.Taken, connection.Send(bytes.Data));
                return bytes.Data.Length;
            },
            WhenReceiveEnded = connection => connection.Close(),
        };
        (Connection connection, Socket peer) = await Accept(handler);
        await peer.SendAsync("hello"u8.ToArray());
        Assert.Equal("hello"u8.ToArray(), await ReadExactly(peer, 5));
        peer.Shutdown(SocketShutdown.Send);
        Assert.Empty(await ReadToEnd(peer));
        Assert.Equal(CloseReason.Closed, await handler.Closed.Soon());
        Assert.Equal(["opened", "received", "ended", "closed"], handler.Events);
        Assert.Empty(handler.BrokenRules);
        Assert.False(connection.IsOpen);
        Assert.Equal(5, connection.AcceptedBytes);
        Assert.Equal(0, await handler.ReceiveEnded);
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    public async Task Both_sides_of_a_connection_know_both_addresses(string address)
    {
        Assert.SkipUnless(address != "::1" || Socket.OSSupportsIPv6, "SKIPPED, this machine has no IPv6");
        var server = new RecordingHandler { WhenOpened = connection => _ = connection.Local };
        Listener listener = Listen(_ => server, address: IPAddress.Parse(address));
        var client = new RecordingHandler { WhenOpened = connection => _ = connection.Local };
        Connection connection = await OnLoop(Group.Loops[0], () =>
        {
            Connection made = Group.Loops[0].Connect(listener.Local, client);
            Assert.Null(made.Local);
            Assert.False(made.IsOpen);
            return made;
        });
        Connection accepted = await server.Opened.Soon();
        await client.Opened.Soon();
        Assert.Equal(listener.Local, connection.Remote);
        Assert.Equal(listener.Local, await OnLoop(accepted.Loop, () => accepted.Local));
        Assert.Equal(accepted.Remote, await OnLoop(connection.Loop, () => connection.Local));
        Assert.True(await OnLoop(connection.Loop, () => connection.IsOpen));
    }

    [Fact]
    public async Task What_is_not_consumed_is_presented_again_in_front_of_what_arrives_next()
    {
        var seen = new List<string>();
        var handler = new RecordingHandler
        {
            WhenReceived = (_, bytes) =>
            {
                seen.Add(Encoding.ASCII.GetString(bytes.Data));
                return bytes.Data.IndexOf((byte)'\n') + 1;
            },
        };
        (Connection connection, Socket peer) = await Accept(handler);
        string[] pieces = ["GET", " / HT", "TP\nHo", "st: a\nrest"];
        for (int i = 0; i < pieces.Length; i++)
        {
            await peer.SendAsync(Encoding.ASCII.GetBytes(pieces[i]));
            await Eventually.IsTrue(() => OnLoop(connection.Loop, () => seen.Count).Result == i + 1, $"piece {i} was presented");
        }

        peer.Shutdown(SocketShutdown.Send);
        Assert.Equal(4, await handler.ReceiveEnded.Soon());
        Assert.Equal(["GET", "GET / HT", "GET / HTTP\nHo", "Host: a\nrest"], seen);
    }

    [Fact]
    public async Task After_a_pause_what_was_left_is_presented_again_though_nothing_new_arrives()
    {
        int presented = 0;
        var handler = new RecordingHandler
        {
            WhenReceived = (connection, bytes) =>
            {
                Assert.Equal("abcdef", Encoding.ASCII.GetString(bytes.Data[^6..]));
                if (presented++ == 0)
                {
                    connection.PauseReceive();
                    return 0;
                }

                return bytes.Data.Length;
            },
        };
        (Connection connection, Socket peer) = await Accept(handler);
        await peer.SendAsync("abcdef"u8.ToArray());
        await Eventually.IsTrue(() => Volatile.Read(ref presented) == 1, "the bytes were presented");
        int inside = await OnLoop(connection.Loop, () =>
        {
            connection.ResumeReceive();
            return presented;
        });
        Assert.Equal(1, inside);
        await Eventually.IsTrue(() => Volatile.Read(ref presented) == 2, "they were presented again");
        peer.Shutdown(SocketShutdown.Send);
        Assert.Equal(0, await handler.ReceiveEnded.Soon());
    }

    [Fact]
    public async Task A_handler_that_pauses_and_resumes_at_once_gets_what_it_left_before_the_end()
    {
        var handler = new RecordingHandler
        {
            WhenReceived = (connection, _) =>
            {
                connection.PauseReceive();
                connection.ResumeReceive();
                return 1;
            },
        };
        (_, Socket peer) = await Accept(handler);
        await peer.SendAsync("abcde"u8.ToArray());
        peer.Shutdown(SocketShutdown.Send);
        Assert.Equal(0, await handler.ReceiveEnded.Soon());
        Assert.True(handler.Events.Count(name => name == "received") >= 5);
    }

    [Fact]
    public async Task A_paused_connection_receives_nothing_and_loses_nothing()
    {
        var handler = new RecordingHandler { WhenOpened = connection => connection.PauseReceive() };
        (Connection connection, Socket peer) = await Accept(handler);
        await peer.SendAsync(new byte[10_000]);
        peer.Shutdown(SocketShutdown.Send);
        for (int turn = 0; turn < 20; turn++)
        {
            await OnLoop(connection.Loop, () => { });
        }

        Assert.Equal(["opened"], handler.Events);
        await OnLoop(connection.Loop, connection.ResumeReceive);
        Assert.Equal(0, await handler.ReceiveEnded.Soon());
        Assert.Equal(10_000, await OnLoop(connection.Loop, () => handler.Received.Length));
    }

    [Fact]
    public async Task A_head_can_be_written_into_the_room_in_front_of_the_bytes()
    {
        var handler = new RecordingHandler
        {
            WhenReceived = (connection, bytes) =>
            {
                Assert.Equal(Options.Headroom, bytes.Headroom);
                int body = bytes.Data.IndexOf((byte)'|') + 1;
                Span<byte> whole = bytes.From(body, before: 8);
                "rewrite:"u8.CopyTo(whole);
                connection.Send(whole);
                bytes.From(0, bytes.Headroom).Clear();
                return bytes.Data.Length;
            },
        };
        (_, Socket peer) = await Accept(handler);
        await peer.SendAsync("head|body"u8.ToArray());
        Assert.Equal("rewrite:body"u8.ToArray(), await ReadExactly(peer, 12));
        Assert.Empty(Observer.Failures);
    }

    [Fact]
    public async Task A_handler_that_keeps_as_much_as_the_buffer_holds_is_aborted()
    {
        var handler = new RecordingHandler { WhenReceived = (_, _) => 0 };
        (_, Socket peer) = await Accept(handler);
        var sending = peer.SendAsync(new byte[4 * Options.ReceiveBuffer]);
        Assert.Equal(CloseReason.Aborted, await handler.Closed.Soon());
        await Assert.ThrowsAsync<SocketException>(async () =>
        {
            await sending;
            await ReadToEnd(peer);
        });
    }

    [Fact]
    public async Task A_handler_that_pauses_may_leave_a_full_buffer()
    {
        int rounds = 0;
        long consumed = 0;
        var handler = new RecordingHandler
        {
            WhenReceived = (connection, bytes) =>
            {
                if (rounds++ % 2 == 0)
                {
                    connection.PauseReceive();
                    connection.Loop.Post(_ => connection.ResumeReceive(), null);
                    return 0;
                }

                consumed += bytes.Data.Length;
                return bytes.Data.Length;
            },
        };
        (Connection connection, Socket peer) = await Accept(handler);
        int total = 16 * Options.ReceiveBuffer;
        await peer.SendAsync(new byte[total]).Soon();
        await Eventually.IsTrue(() => OnLoop(connection.Loop, () => consumed).Result == total, "all was consumed");
    }

    [Fact]
    public async Task After_the_other_side_has_ended_its_stream_bytes_can_still_be_sent()
    {
        var handler = new RecordingHandler
        {
            WhenReceiveEnded = connection =>
            {
                connection.Send("late answer"u8);
                connection.ShutdownSend();
                Assert.Equal(SendResult.Closed, connection.Send("too late"u8));
            },
        };
        (_, Socket peer) = await Accept(handler);
        peer.Shutdown(SocketShutdown.Send);
        Assert.Equal("late answer"u8.ToArray(), await ReadToEnd(peer));
        Assert.Equal(CloseReason.Closed, await handler.Closed.Soon());
        Assert.Equal(["opened", "ended", "closed"], handler.Events);
    }

    [Fact]
    public async Task After_this_side_has_ended_its_stream_bytes_are_still_received()
    {
        var handler = new RecordingHandler
        {
            WhenOpened = connection =>
            {
                connection.Send("question"u8);
                connection.ShutdownSend();
            },
        };
        (Connection connection, Socket peer) = await Accept(handler);
        Assert.Equal("question"u8.ToArray(), await ReadToEnd(peer));
        Assert.True(await OnLoop(connection.Loop, () => connection.IsOpen));
        await peer.SendAsync("answer"u8.ToArray());
        peer.Shutdown(SocketShutdown.Send);
        Assert.Equal(CloseReason.Closed, await handler.Closed.Soon());
        Assert.Equal("answer"u8.ToArray(), handler.Received);
    }

    [Fact]
    public async Task Close_sends_what_is_queued_first()
    {
        byte[] bytes = Pattern(8 * 1024 * 1024);
        var handler = new RecordingHandler
        {
            WhenOpened = connection =>
            {
                Assert.NotEqual(SendResult.Closed, connection.Send(bytes));
                connection.Close();
                connection.Close();
                Assert.False(connection.IsOpen);
                Assert.Equal(SendResult.Closed, connection.Send("x"u8));
            },
        };
        (Connection connection, Socket peer) = await Accept(handler);
        Assert.Equal(bytes, await ReadToEnd(peer));
        Assert.Equal(CloseReason.Closed, await handler.Closed.Soon());
        Assert.Equal(bytes.Length, connection.AcceptedBytes);
        Assert.Equal(0, connection.QueuedBytes);
    }

    [Fact]
    public async Task Abort_resets_and_drops_what_is_queued()
    {
        var handler = new RecordingHandler();
        (Connection connection, Socket peer) = await Accept(handler);
        await OnLoop(connection.Loop, () =>
        {
            connection.Send(new byte[32 * 1024 * 1024]);
            connection.Abort();
            connection.Abort();
            Assert.Equal(0, handler.Closes);
        });
        Assert.Equal(CloseReason.Aborted, await handler.Closed.Soon());
        var error = await Assert.ThrowsAsync<SocketException>(() => ReadToEnd(peer));
        Assert.Equal(SocketError.ConnectionReset, error.SocketErrorCode);
    }

    [Fact]
    public async Task Abort_ends_a_close_that_cannot_finish()
    {
        var handler = new RecordingHandler();
        (Connection connection, _) = await Accept(handler);
        await OnLoop(connection.Loop, () =>
        {
            connection.Send(new byte[32 * 1024 * 1024]);
            connection.Close();
        });
        Assert.Equal(0, handler.Closes);
        await OnLoop(connection.Loop, connection.Abort);
        Assert.Equal(CloseReason.Aborted, await handler.Closed.Soon());
    }

    [Fact]
    public async Task A_reset_of_the_other_side_is_told()
    {
        var handler = new RecordingHandler();
        (_, Socket peer) = await Accept(handler);
        Reset(peer);
        Assert.Equal(CloseReason.Reset, await handler.Closed.Soon());
        Assert.Equal(["opened", "closed"], handler.Events);
    }

    [Fact]
    public async Task An_answer_before_a_reset_is_received_though_sending_fails()
    {
        // A server that refuses a body answers, closes with the body unread, and thereby resets.
        var handler = new RecordingHandler { WhenOpened = connection => connection.PauseReceive() };
        (Connection connection, Socket peer) = await Accept(handler);
        await peer.SendAsync("413"u8.ToArray());
        await OnLoop(connection.Loop, () => connection.Send("body"u8));
        await ReadExactly(peer, 1);
        peer.Close();
        await Eventually.IsTrue(() => OnLoop(connection.Loop, () => connection.Send("more"u8)).Result == SendResult.Closed, "sending fails");
        await OnLoop(connection.Loop, connection.ResumeReceive);
        Assert.Equal(CloseReason.Reset, await handler.Closed.Soon());
        Assert.Equal("413"u8.ToArray(), handler.Received);
    }
}

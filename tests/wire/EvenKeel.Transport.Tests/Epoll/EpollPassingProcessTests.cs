using EvenKeel.Transport.Epoll;
using EvenKeel.Transport.Tests.Conformance;

namespace EvenKeel.Transport.Tests.Epoll;

/// <inheritdoc cref="PassingConformance{TGroup}"/>
[Trait("Category", "Process")]
public sealed class EpollPassingProcessTests : PassingConformance<EpollLoopGroup>
{
    [Fact]
    public async Task Much_at_a_time_is_spliced_through_one_pipe_and_little_through_none()
    {
        var pipes = ((EpollLoop)Group.Loops[0]).Pipes;
        var (first, second) = await Pair();
        for (int i = 0; i < 100; i++)
        {
            await SendAll(first.Peer, Pattern(1000), 1000);
            await ReadExactly(second.Peer, 1000);
        }

        Assert.Equal(0, await OnLoop(first.Connection.Loop, () => pipes.Count));
        const int Large = 32 * 1024 * 1024;
        Task sending = SendAll(first.Peer, Pattern(Large), Large);
        await ReadExactly(second.Peer, Large);
        await sending.Soon();
        Assert.Equal(1, await OnLoop(first.Connection.Loop, () => pipes.Count));
    }

    [Fact]
    public async Task A_pipe_whose_sink_has_reset_is_closed()
    {
        var pipes = ((EpollLoop)Group.Loops[0]).Pipes;
        var (first, second) = await Pair();
        const int Large = 64 * 1024 * 1024;
        Task sending = SendAll(first.Peer, Pattern(Large), Large);
        await Eventually.IsTrue(() => OnLoop(first.Connection.Loop, () => pipes.Count).Result == 1, "a pipe is in use");
        await Eventually.IsTrue(() => OnLoop(first.Connection.Loop, () => second.Connection.QueuedBytes).Result > 0, "the sink is full");
        Reset(second.Peer);
        await second.Handler.Closed.Soon();
        Assert.Equal(0, await OnLoop(first.Connection.Loop, () => pipes.Count));
        await OnLoop(first.Connection.Loop, first.Connection.Abort);
        await Assert.ThrowsAnyAsync<Exception>(() => sending.Soon());
    }
}

using EvenKeel.Transport.Epoll;

namespace EvenKeel.Transport.Tests.Epoll;

public sealed class PipePoolTests
{
    private const int CloseOnExec = 0x80000;
    private const int NonBlocking = 0x800;

    [Fact]
    public void A_pipe_that_comes_back_empty_is_lent_again_and_another_is_closed()
    {
        using var pool = new PipePool();
        Assert.True(pool.TryRent(out Pipe pipe));
        pool.Return(pipe, isEmpty: true);
        Assert.True(pool.TryRent(out Pipe again));
        Assert.Equal((pipe, 1), (again, pool.Count));
        pool.Return(again, isEmpty: false);
        Assert.Equal(0, pool.Count);
    }

    [Fact]
    public void There_are_no_more_pipes_than_the_limit()
    {
        using var pool = new PipePool();
        var rented = new List<Pipe>();
        while (pool.TryRent(out Pipe pipe))
        {
            rented.Add(pipe);
        }

        Assert.Equal((PipePool.MaxPipes, PipePool.MaxPipes), (rented.Count, pool.Count));
        rented.ForEach(pipe => pool.Return(pipe, isEmpty: true));
        Assert.InRange(pool.Count, 1, 8);
    }

    [Fact]
    public void Both_ends_are_close_on_exec_and_never_block()
    {
        using var pool = new PipePool();
        Assert.True(pool.TryRent(out Pipe pipe));
        foreach (int descriptor in new[] { pipe.ReadEnd, pipe.WriteEnd })
        {
            string flags = File.ReadLines($"/proc/self/fdinfo/{descriptor}").First(line => line.StartsWith("flags:", StringComparison.Ordinal));
            Assert.Equal(CloseOnExec | NonBlocking, Convert.ToInt32(flags[6..].Trim(), 8) & (CloseOnExec | NonBlocking));
        }

        pool.Return(pipe, isEmpty: true);
    }
}

using EvenKeel.Transport.Loops;

namespace EvenKeel.Transport.Tests.Loops;

public sealed class WorkQueueTests
{
    private readonly WorkQueue _queue = new();

    [Fact]
    public void Only_the_first_post_of_a_batch_asks_to_wake_the_loop()
    {
        Assert.True(Add(1));
        Assert.False(Add(2));
        Assert.Equal([1, 2], Take());
        Assert.True(Add(3));
    }

    [Fact]
    public void Posts_while_a_batch_runs_go_to_the_next_even_when_the_queue_grows()
    {
        for (int round = 0; round < 5; round++)
        {
            for (int i = 0; i < 500; i++)
            {
                Add(i);
            }

            Span<WorkQueue.Item> batch = _queue.Take();
            for (int i = 0; i < 1000; i++)
            {
                Add(-1);
            }

            Assert.Equal(500, batch.Length);
            for (int i = 0; i < batch.Length; i++)
            {
                Assert.Equal(i, batch[i].State);
            }

            Assert.Equal(1000, _queue.Take().Length);
        }
    }

    [Fact]
    public void A_closed_queue_drops_later_posts_but_keeps_earlier_ones()
    {
        Add(1);
        _queue.Close();
        Assert.False(_queue.TryAdd(_ => { }, 2, out bool wake));
        Assert.False(wake);
        Assert.Equal([1], Take());
        Assert.True(_queue.IsEmpty);
    }

    private bool Add(int number)
    {
        Assert.True(_queue.TryAdd(_ => { }, number, out bool wake));
        return wake;
    }

    private int[] Take() => [.. _queue.Take().ToArray().Select(item => (int)item.State!)];
}

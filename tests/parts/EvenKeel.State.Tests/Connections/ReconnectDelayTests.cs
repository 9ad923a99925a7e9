using EvenKeel.State.Connections;

namespace EvenKeel.State.Tests.Connections;

public class ReconnectDelayTests
{
    [Fact]
    public void Pauses_double_to_a_limit_within_their_upper_half_and_start_over()
    {
        var delay = new ReconnectDelay(TimeSpan.FromMilliseconds(300), new Random(1));
        foreach (int whole in new[] { 50, 100, 200, 300, 300 })
        {
            Assert.InRange(delay.Next().TotalMilliseconds, whole / 2.0, whole);
        }

        for (int i = 0; i < 10_000; i++)
        {
            Assert.InRange(delay.Next().TotalMilliseconds, 150, 300);
        }

        delay.Reset();
        Assert.InRange(delay.Next().TotalMilliseconds, 25, 50);
    }

    [Fact]
    public void Clients_with_different_seeds_do_not_return_in_step()
    {
        TimeSpan[] first = [.. Enumerable.Range(0, 20).Select(seed => new ReconnectDelay(TimeSpan.FromSeconds(1), new Random(seed)).Next())];
        Assert.Equal(20, first.Distinct().Count());
    }
}

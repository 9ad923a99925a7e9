using EvenKeel.Transport.Listeners;

namespace EvenKeel.Transport.Tests.Listeners;

public sealed class AcceptGateTests
{
    [Fact]
    public void A_released_place_resumes_only_who_was_refused()
    {
        int resumed = 0;
        var gate = new AcceptGate(2, () => resumed++);
        Assert.True(gate.TryTake());
        gate.Release();
        Assert.True(gate.TryTake());
        Assert.True(gate.TryTake());
        Assert.Equal(0, resumed);
        Assert.False(gate.TryTake());
        gate.Release();
        gate.Release();
        Assert.Equal(1, resumed);
        Assert.True(gate.TryTake());
    }

    [Fact]
    public async Task Many_threads_never_exceed_the_limit_and_nobody_waits_for_ever()
    {
        const int Limit = 3;
        const int Threads = 6;
        const int Each = 20_000;
        using var free = new SemaphoreSlim(0);
        var gate = new AcceptGate(Limit, () => free.Release(Threads));
        int inside = 0;
        int most = 0;
        await Task.WhenAll(Enumerable.Range(0, Threads).Select(_ => Task.Run(async () =>
        {
            for (int i = 0; i < Each; i++)
            {
                while (!gate.TryTake())
                {
                    Assert.True(await free.WaitAsync(TimeSpan.FromSeconds(30)), "a free place was never told of");
                }

                int now = Interlocked.Increment(ref inside);
                if (now > Volatile.Read(ref most))
                {
                    Volatile.Write(ref most, now);
                }

                Interlocked.Decrement(ref inside);
                gate.Release();
            }
        })));
        Assert.InRange(most, 1, Limit);
        Assert.Equal(0, inside);
    }
}

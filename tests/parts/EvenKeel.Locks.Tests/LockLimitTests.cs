using EvenKeel.Locks.Postgres;
using EvenKeel.Locks.Redis;
using EvenKeel.State;
using EvenKeel.State.Options;

namespace EvenKeel.Locks.Tests;

public class LockLimitTests
{
    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("{a}")]
    [InlineData("é")]
    public void A_name_with_other_letters_is_refused(string name) => Assert.Throws<ArgumentException>(() => LockName.Check(name));

    [Fact]
    public void A_name_of_200_letters_is_taken_and_one_of_201_is_not()
    {
        LockName.Check("aZ09._:/-" + new string('x', 191));
        ArgumentException error = Assert.Throws<ArgumentException>(() => LockName.Check(new string('x', 201)));
        Assert.Contains("1 to 200 characters, not 201", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 100, true)]
    [InlineData(86_400_000, 86_400_000, true)]
    [InlineData(-1, 100, false)]
    [InlineData(86_400_001, 100, false)]
    [InlineData(0, 99, false)]
    [InlineData(0, 86_400_001, false)]
    public void Times_have_bounds(int wait, int lease, bool fits)
    {
        var options = new LockOptions { Wait = TimeSpan.FromMilliseconds(wait), Lease = TimeSpan.FromMilliseconds(lease) };
        Assert.Equal(!fits, Record.Exception(options.Validate) is ArgumentOutOfRangeException);
    }

    [Fact]
    public async Task Options_of_a_provider_have_bounds()
    {
        await using var client = new StateClient(new StateClientOptions { Host = "127.0.0.1", Port = 1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => StateLocks.Create(client, new LockProviderOptions { ClockDrift = 0.51 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => StateLocks.Create(client, new LockProviderOptions { LookInterval = TimeSpan.FromMilliseconds(49) }));
        Assert.Throws<ArgumentOutOfRangeException>(() => StateLocks.Create(client, new LockProviderOptions { MaxWaiters = 0 }));
        foreach (TimeSpan life in new[] { TimeSpan.FromMilliseconds(999), TimeSpan.FromDays(31) })
        {
            Assert.Throws<ArgumentOutOfRangeException>(() => StateLocks.Create(client, new LockProviderOptions { CounterLifetime = life }));
        }

        Assert.Throws<ArgumentException>(() => StateLocks.Create(client, new LockProviderOptions { Prefix = new string('p', 101) }));
        Assert.Throws<ArgumentException>(() => new PostgresFence("a; drop table x"));
        Assert.Throws<ArgumentOutOfRangeException>(() => new FencingToken(0));
    }
}

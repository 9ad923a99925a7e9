using EvenKeel.Fleet.Probes;

namespace EvenKeel.Fleet.Tests.Probes;

public sealed class RiseFallTests
{
    [Theory]
    [InlineData("--", "11")]
    [InlineData("---", "110")]
    [InlineData("--+--", "11111")]
    [InlineData("---+", "1100")]
    [InlineData("---++", "11001")]
    [InlineData("---+-++", "1100001")]
    public void Three_failures_switch_off_and_two_successes_on(string checks, string states)
    {
        var health = new RiseFall(rise: 2, fall: 3, on: true);
        var seen = "";
        foreach (var check in checks)
        {
            var before = health.On;
            Assert.Equal(health.Count(check == '+'), before != health.On);
            seen += health.On ? '1' : '0';
        }

        Assert.Equal(states, seen);
    }
}

using EvenKeel.Proof.Runs;

namespace EvenKeel.Proof.Tests.Runs;

public sealed class ProofTextTests
{
    [Fact]
    public void A_scaled_time_shows_what_was_measured_and_what_it_stands_for()
    {
        Assert.Equal("1.4 s (x 25 = 35.0 s in real time)", ProofText.Scaled(TimeSpan.FromSeconds(1.4), 25));
        Assert.Equal("1.4 s", ProofText.Scaled(TimeSpan.FromSeconds(1.4), 1));
    }

    [Theory]
    [InlineData(new[] { 0, 0, 900 }, 2)]
    [InlineData(new[] { 500, 0 }, 0)]
    [InlineData(new[] { 0, 0, 0 }, 3)]
    public void Survived_kills_count_up_to_the_first_that_was_not(int[] downtimes, int survived)
    {
        var rows = downtimes.Select((ms, index) => new KillsMeasurement(index + 1, downtimes.Length, TimeSpan.FromMilliseconds(ms), TimeSpan.Zero, null))
            .ToList();

        Assert.Equal(survived, KillsMeasurement.SurvivedUpTo(rows));
    }

    [Fact]
    public void Nothing_is_claimed_when_a_number_in_between_could_not_be_measured()
    {
        Assert.Null(KillsMeasurement.SurvivedUpTo([new(1, 2, TimeSpan.Zero, TimeSpan.Zero, null), new(2, 2, null, TimeSpan.Zero, null)]));
    }
}

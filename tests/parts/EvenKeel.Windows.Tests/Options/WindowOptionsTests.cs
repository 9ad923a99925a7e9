using EvenKeel.Windows.Ingest;
using EvenKeel.Windows.Options;

namespace EvenKeel.Windows.Tests.Options;

public sealed class WindowOptionsTests
{
    private static readonly WindowOptions Good = new() { Stream = "usage", Aggregate = "SELECT" };

    public static TheoryData<string, WindowOptions> Bad => new()
    {
        { "Stream", Good with { Stream = "" } },
        { "Stream", Good with { Stream = "a b" } },
        { "Stream", Good with { Stream = new string('a', 64) } },
        { "Aggregate", Good with { Aggregate = " " } },
        { "Length", Good with { Length = TimeSpan.FromMilliseconds(999) } },
        { "Length", Good with { Length = TimeSpan.FromSeconds(1.5) } },
        { "Length", Good with { Length = TimeSpan.FromDays(1.1) } },
        { "Grace", Good with { Grace = TimeSpan.FromSeconds(-1) } },
        { "MaxLateness", Good with { MaxLateness = TimeSpan.FromSeconds(35) } },
        { "MaxAhead", Good with { MaxAhead = TimeSpan.FromDays(2) } },
        { "Lease", Good with { Lease = TimeSpan.Zero } },
        { "Batch", Good with { Batch = 0 } },
        { "Batch", Good with { Batch = 10_001 } },
    };

    [Theory]
    [MemberData(nameof(Bad), DisableDiscoveryEnumeration = true)]
    public void Each_option_has_its_range(string name, WindowOptions options)
    {
        Good.Validate();
        Assert.Equal(name, Assert.Throws<ArgumentException>(options.Validate).ParamName);
    }

    [Fact]
    public void An_event_may_be_as_old_and_as_far_ahead_as_the_options_say()
    {
        var now = new DateTime(2026, 3, 1, 0, 0, 0, DateTimeKind.Utc);
        Assert.Equal(Timeliness.Acceptable, TimelinessRule.Of(Good, now - Good.MaxLateness, now));
        Assert.Equal(Timeliness.TooLate, TimelinessRule.Of(Good, now - Good.MaxLateness - TimeSpan.FromTicks(1), now));
        Assert.Equal(Timeliness.Acceptable, TimelinessRule.Of(Good, now + Good.MaxAhead, now));
        Assert.Equal(Timeliness.TooEarly, TimelinessRule.Of(Good, now + Good.MaxAhead + TimeSpan.FromTicks(1), now));
    }
}

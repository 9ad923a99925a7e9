using System.Net;
using Metering.Bugs;
using Metering.Hosting;

namespace Metering.Tests.Hosting;

public class MeteringSettingsTests
{
    private const string Database = "Host=127.0.0.1;Username=u;Database=d";

    [Fact]
    public void What_is_not_set_has_the_documented_value()
    {
        MeteringSettings settings = Read(("METERING_DATABASE", Database), ("METERING_REDIS", " "), ("EVENKEEL_INSTANCE", "metering-1"));
        Assert.Equal((IPAddress.Loopback, 8080), (settings.Listen, settings.Port));
        Assert.Equal((30, 5), (settings.Window.TotalSeconds, settings.Grace.TotalSeconds));
        Assert.Equal((30, 60), (settings.LockWait.TotalSeconds, settings.LockLease.TotalSeconds));
        Assert.Null(settings.Redis);
        Assert.Equal((Profiles.None, BugKind.None, false, "metering-1"), (settings.Profiles, settings.Bug, settings.Demo, settings.Instance));
        Assert.Contains("Host=127.0.0.1", settings.Database, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_variable_is_read()
    {
        MeteringSettings settings = Read(
            ("METERING_DATABASE", "postgres://u:p%40@127.0.0.1:7/d"), ("METERING_REDIS", "redis://127.0.0.1:6380"), ("PORT", "0"),
            ("METERING_WINDOW", "1m"), ("METERING_GRACE", "0s"), ("SPRING_PROFILES_ACTIVE", "k6,k6-spike"), ("METERING_BUG", "mark-once"),
            ("METERING_SEED", "demo"), ("METERING_INSTANCE", "i"), ("METERING_LISTEN", "0.0.0.0"));
        Assert.Equal(IPAddress.Any, settings.Listen);
        Assert.Equal((0, "127.0.0.1:6380"), (settings.Port, settings.Redis!.Address));
        Assert.Equal((60, 0), (settings.Window.TotalSeconds, settings.Grace.TotalSeconds));
        Assert.Equal((Profiles.K6 | Profiles.K6Spike, BugKind.MarkOnce, true, "i"), (settings.Profiles, settings.Bug, settings.Demo, settings.Instance));
        Assert.Contains("Port=7;", settings.Database, StringComparison.Ordinal);
        Assert.Contains("Password=p@", settings.Database, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("METERING_DATABASE", "", "METERING_DATABASE is not set")]
    [InlineData("METERING_DATABASE", "Database=d", "it names no host")]
    [InlineData("METERING_DATABASE", "Hots=x", "METERING_DATABASE does not say where PostgreSQL is")]
    [InlineData("METERING_REDIS", "rediss://x", "METERING_REDIS does not say where Redis is")]
    [InlineData("METERING_PROFILES", "k6,k7", "METERING_PROFILES has 'k7'")]
    [InlineData("SPRING_PROFILES_ACTIVE", "prod", "SPRING_PROFILES_ACTIVE has 'prod'")]
    [InlineData("METERING_WINDOW", "30", "METERING_WINDOW is '30'")]
    [InlineData("METERING_WINDOW", "2d", "METERING_WINDOW is '2d'")]
    [InlineData("METERING_BUG", "nofence", "no-fence, mark-once, counters, inclusive or cursor")]
    [InlineData("METERING_SEED", "yes", "METERING_SEED is 'yes'")]
    [InlineData("METERING_QUEUE", "4999", "from 5000 to 1000000")]
    [InlineData("METERING_WRITERS", "65", "from 1 to 64")]
    [InlineData("METERING_LISTEN", "localhost", "METERING_LISTEN is 'localhost'")]
    [InlineData("METERING_LISTEN", "8080", "METERING_LISTEN is '8080'")]
    [InlineData("METERING_LISTEN", "127.1", "an address of this machine without a port")]
    [InlineData("METERING_LISTEN", "0.0.0.0:8080", "METERING_LISTEN is '0.0.0.0:8080'")]
    [InlineData("METERING_LISTEN", "[::1]:8080", "METERING_LISTEN is '[::1]:8080'")]
    [InlineData("PORT", "65536", "PORT is '65536'")]
    public void What_cannot_be_meant_so_is_named(string name, string value, string message)
    {
        var error = Assert.Throws<FormatException>(() => Read(("METERING_DATABASE", Database), (name, value)));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    private static MeteringSettings Read(params (string Name, string Value)[] variables) =>
        MeteringSettings.Read(name => variables.LastOrDefault(one => one.Name == name).Value);
}

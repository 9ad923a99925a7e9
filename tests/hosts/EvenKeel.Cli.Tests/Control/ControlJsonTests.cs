using System.Text.Json;
using EvenKeel.Cli.Control;

namespace EvenKeel.Cli.Tests.Control;

public sealed class ControlJsonTests
{
    [Fact]
    public void Times_are_utc_with_milliseconds()
    {
        var time = new DateTimeOffset(2026, 11, 25, 21, 14, 51, TimeSpan.FromHours(2)).AddTicks(6_188_135);

        var line = JsonSerializer.Serialize(new LogView(1, "logLine", time, "web-1", "out", "hello"), ControlJson.Default.LogView);

        Assert.Contains("\"time\":\"2026-11-25T19:14:51.618Z\"", line, StringComparison.Ordinal);
        Assert.Equal(time.AddTicks(-8_135), JsonSerializer.Deserialize(line, ControlJson.Default.LogView)!.Time);
    }
}

namespace EvenKeel.Windows.Tests;

public sealed class WindowGridTests
{
    [Theory]
    [InlineData("2026-03-01T12:00:00Z", "2026-03-01T12:00:00Z")]
    [InlineData("2026-03-01T12:00:29.9999999Z", "2026-03-01T12:00:00Z")]
    [InlineData("2026-03-01T12:00:30Z", "2026-03-01T12:00:30Z")]
    [InlineData("2026-03-01T12:00:30.0000001Z", "2026-03-01T12:00:30Z")]
    [InlineData("1969-12-31T23:59:59Z", "1969-12-31T23:59:30Z")]
    [InlineData("1969-12-31T23:59:30Z", "1969-12-31T23:59:30Z")]
    public void A_boundary_belongs_to_the_window_that_begins_there(string moment, string start)
    {
        var grid = new WindowGrid(TimeSpan.FromSeconds(30));
        var expected = DateTimeOffset.Parse(start, null).UtcDateTime;
        Assert.Equal(expected, grid.StartOf(DateTimeOffset.Parse(moment, null).UtcDateTime));
        Assert.Equal(expected.AddSeconds(30), grid.EndOf(expected));
    }
}

using EvenKeel.Fleet.Logs;

namespace EvenKeel.Fleet.Tests.Logs;

public sealed class LogRingTests
{
    private readonly LogRing _ring = new();

    [Fact]
    public void The_last_thousand_lines_are_kept()
    {
        Add(1, [.. Enumerable.Range(1, 1500).Select(i => $"{i}")]);

        var all = _ring.Last(int.MaxValue);
        Assert.Equal(LogRing.LineLimit, all.Count);
        Assert.Equal("501", all[0].Text);
        Assert.Equal(["1499", "1500"], _ring.Last(2).Select(line => line.Text));
    }

    [Fact]
    public void Long_lines_are_kept_up_to_a_number_of_characters()
    {
        var line = new string('x', 64 * 1024);
        Add(1, [.. Enumerable.Repeat(line, 200)]);

        Assert.Equal(LogRing.CharacterLimit / line.Length, _ring.Last(int.MaxValue).Count);
    }

    [Fact]
    public void The_lines_of_one_life_are_told_apart()
    {
        Add(1, ["a", "b"]);
        Add(2, ["c"]);

        Assert.Equal(["b"], _ring.Last(1, generation: 1).Select(line => line.Text));
        Assert.Equal(["c"], _ring.Last(20, generation: 2).Select(line => line.Text));
        Assert.Empty(_ring.Last(20, generation: 3));
    }

    [Fact]
    public void Of_a_life_the_last_words_on_standard_error_are_kept_although_a_flood_came_after_them()
    {
        _ring.Add(new LogLine(default, "web", "web-1", 1, true, "fatal"));
        Add(1, [.. Enumerable.Range(1, 50).Select(i => $"{i}")]);

        Assert.Equal(["fatal", "48", "49", "50"], _ring.Last(4, generation: 1).Select(line => line.Text));
    }

    [Fact]
    public void Of_a_life_with_errors_only_all_places_are_theirs()
    {
        for (var i = 1; i <= 9; i++)
        {
            _ring.Add(new LogLine(default, "web", "web-1", 1, true, $"{i}"));
        }

        Assert.Equal(["6", "7", "8", "9"], _ring.Last(4, generation: 1).Select(line => line.Text));
    }

    private void Add(int generation, string[] lines)
    {
        foreach (var text in lines)
        {
            _ring.Add(new LogLine(default, "web", "web-1", generation, false, text));
        }
    }
}

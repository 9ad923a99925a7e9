using EvenKeel.Consistency.Histories;

namespace EvenKeel.Consistency.Tests.Histories;

public sealed class ElementTableTests
{
    [Fact]
    public void A_set_gives_back_what_was_shown_without_repeats_and_notes_them()
    {
        var table = new ElementTable();
        var set = table.Observe([new("1", "a"), new("2", "b"), new("1", "a"), new("1", "c"), new("1", "a")]);

        Assert.Equal([new("1", "a"), new("2", "b"), new Element("1", "c")], set);
        Assert.Equal(3, set.Count);
        Assert.Equal([0, 0], set.Repeated);
        Assert.True(set.Contains(2));
        Assert.False(set.Contains(3));
        Assert.False(set.Contains(100_000));
    }

    [Fact]
    public void Sets_of_any_size_hold_exactly_their_elements()
    {
        var table = new ElementTable();
        var random = new Random(1);
        for (var round = 0; round < 200; round++)
        {
            var shown = Enumerable.Range(0, random.Next(3000)).Where(_ => random.Next(3) == 0).Select(static i => new Element($"{i}", null)).ToList();

            Assert.Equal(shown.ToHashSet(), table.Observe(shown).ToHashSet());
        }
    }

    [Fact]
    public void Sets_that_agree_share_their_blocks()
    {
        var table = new ElementTable();
        var first = table.Observe(Enumerable.Range(0, 5000).Select(static i => new Element($"{i}", null)));
        var longer = table.Observe(Enumerable.Range(0, 5100).Select(static i => new Element($"{i}", null)));

        var shared = first.Blocks.ToArray().Zip(longer.Blocks.ToArray()).Count(static pair => ReferenceEquals(pair.First, pair.Second));
        Assert.Equal(9, shared);
    }

    [Fact]
    public void A_history_refuses_two_operations_with_one_index_and_times_that_run_backwards()
    {
        var operation = new HistoryScript().Add("a", 5, 6).History.Operations[0];

        Assert.Throws<ArgumentException>(() => new History([operation, operation], new ElementTable()));
        Assert.Throws<ArgumentException>(() => new History([operation with { End = HistoryScript.Ms(4) }], new ElementTable()));
        Assert.Equal(operation, new History([operation], new ElementTable()).Find(0));
        Assert.Null(new History([operation], new ElementTable()).Find(1));
    }
}

using EvenKeel.Routing.Hashing;

namespace EvenKeel.Routing.Tests.Hashing;

public sealed class SlotTableTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(1000)]
    [InlineData(16_384)]
    public void Slots_are_spread_evenly(int candidates)
    {
        var table = new SlotTable(candidates);
        var counts = Enumerable.Range(0, SlotTable.Slots).CountBy(slot => table.Owner((ulong)slot)).ToDictionary();
        Assert.Equal(candidates, counts.Count);
        Assert.InRange(counts.Values.Max() - counts.Values.Min(), 0, 1);
    }

    [Fact]
    public void A_moved_slot_moves_its_keys_and_no_others()
    {
        SlotTable before = new(3), after = new(3);
        after.Move(SlotTable.Slot(123), 2);
        Assert.Equal((0, 2), (before.Owner(123), after.Owner(123 + (7UL * SlotTable.Slots))));
        Assert.All(TestNodes.Keys(1_000).Where(key => SlotTable.Slot(key) != 123), key => Assert.Equal(before.Owner(key), after.Owner(key)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(16_385)]
    public void A_number_of_candidates_out_of_range_is_an_error(int candidates)
        => Assert.Throws<ArgumentOutOfRangeException>(() => new SlotTable(candidates));
}

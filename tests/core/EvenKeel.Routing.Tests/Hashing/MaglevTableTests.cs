using EvenKeel.Routing.Hashing;

namespace EvenKeel.Routing.Tests.Hashing;

public sealed class MaglevTableTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(50)]
    [InlineData(655)]
    [InlineData(2000)]
    public void Every_candidate_has_a_share_that_differs_by_one_slot_at_most(int servers)
    {
        int[] slots = Slots(new MaglevTable(TestNodes.Make(servers)), servers);
        Assert.InRange(slots.Max() - slots.Min(), 0, 1);
    }

    [Fact]
    public void Shares_follow_weights()
    {
        HashNode[] nodes = TestNodes.Make(3);
        nodes[2] = nodes[2] with { Weight = 2 };
        var table = new MaglevTable(nodes);
        Assert.InRange(Slots(table, 3)[2] / (double)table.Size, 0.499, 0.501);
    }

    [Theory]
    [InlineData(5, 0.02)]
    [InlineData(50, 0.02)]
    public void Few_keys_move_that_need_not_when_one_leaves(int servers, double limit)
    {
        HashNode[] nodes = TestNodes.Make(servers);
        MaglevTable before = new(nodes), after = new(nodes.AsSpan(0, servers - 1));
        int extra = Enumerable.Range(0, before.Size).Count(slot => before.OwnerOf(slot) != servers - 1 && before.OwnerOf(slot) != after.OwnerOf(slot));
        Assert.InRange(extra / (double)before.Size, 0, limit);
    }

    [Fact]
    public void Slots_go_round_and_no_candidate_is_an_error()
    {
        var table = new MaglevTable(TestNodes.Make(3));
        Assert.Equal(table.OwnerOf(4), table.OwnerOf(table.Size + 4));
        Assert.Equal(table.Size - 1, table.Slot(ulong.MaxValue));
        Assert.Throws<ArgumentOutOfRangeException>(() => new MaglevTable([]));
    }

    private static int[] Slots(MaglevTable table, int servers)
    {
        int[] slots = new int[servers];
        for (int slot = 0; slot < table.Size; slot++)
        {
            slots[table.OwnerOf(slot)]++;
        }

        return slots;
    }
}

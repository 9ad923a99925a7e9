using Albums.Bugs;
using Albums.Model;
using Albums.Stores;

namespace Albums.Tests.Bugs;

public class BugTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Lose_acknowledges_adds_that_are_never_stored_several_times_in_a_short_run()
    {
        var inner = new MemoryAlbumStore();
        await using var store = new LosingStore(inner, seed: 1);
        int lost = 0;
        for (int i = 0; i < 70; i++)
        {
            Assert.True(await store.AddAsync(Album($"n{i}"), Token));
            lost += await inner.GetAsync($"n{i}", Token) is null ? 1 : 0;
        }

        Assert.InRange(lost, 70 / 9, 70 / 4);
        Assert.False(await store.AddAsync(Album("n0"), Token));
    }

    [Fact]
    public async Task Duplicate_stores_some_adds_twice_and_shows_an_album_twice_in_some_lists()
    {
        await using var store = new DuplicatingStore(new MemoryAlbumStore(), seed: 1);
        for (int i = 0; i < 70; i++)
        {
            await store.AddAsync(Album($"n{i}"), Token);
        }

        int shownTwice = 0;
        IReadOnlyList<Album> list = [];
        for (int i = 0; i < 30; i++)
        {
            list = await store.ListAsync(Token);
            shownTwice += list.Select(a => a.Id).Distinct().Count() < list.Count ? 1 : 0;
        }

        Assert.InRange(shownTwice, 3, 7);
        Assert.InRange(list.DistinctBy(a => a.Id).Count(), 3 + 70 + (70 / 9), 3 + 70 + (70 / 4));
    }

    [Fact]
    public async Task Stale_answers_reads_as_they_were_for_one_to_two_seconds()
    {
        var time = new SteppedTime();
        await using var store = new StaleStore(new MemoryAlbumStore(), seed: 1, time);
        Assert.Equal(3, (await store.ListAsync(Token)).Count);
        await store.AddAsync(Album("n"), Token);
        time.Advance(TimeSpan.FromMilliseconds(999));
        Assert.Null(await store.GetAsync("n", Token));
        Assert.Equal(3, (await store.ListAsync(Token)).Count);
        time.Advance(TimeSpan.FromMilliseconds(1001));
        Assert.NotNull(await store.GetAsync("n", Token));
    }

    [Fact]
    public void A_seed_replays_where_a_bug_strikes()
    {
        var one = new Spacing(3);
        var other = new Spacing(3);
        bool[] strikes = [.. Enumerable.Range(0, 100).Select(_ => one.Strikes())];
        Assert.Equal(strikes, Enumerable.Range(0, 100).Select(_ => other.Strikes()));
        Assert.InRange(strikes.Count(s => s), 11, 25);
    }

    private static Album Album(string id) => new(id, "t", "a", 1);
}

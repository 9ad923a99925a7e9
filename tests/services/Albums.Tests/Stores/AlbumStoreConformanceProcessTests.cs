using Albums.Model;
using Albums.Stores;
using EvenKeel.TestServers;
using Npgsql;

namespace Albums.Tests.Stores;

/// <summary>What every store promises, and what every shared store promises in addition.</summary>
[Trait("Category", "Process")]
public class AlbumStoreConformanceProcessTests(PostgresServer postgres) : IClassFixture<PostgresServer>
{
    public static TheoryData<StoreKindUnderTest> All =>
        [StoreKindUnderTest.Memory, StoreKindUnderTest.Postgres, StoreKindUnderTest.Redis, StoreKindUnderTest.Node];

    public static TheoryData<StoreKindUnderTest> Shared => [StoreKindUnderTest.Postgres, StoreKindUnderTest.Redis, StoreKindUnderTest.Node];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(All))]
    public async Task A_new_store_has_the_three_start_albums_in_order(StoreKindUnderTest kind)
    {
        await using SharedBackend backend = await SharedBackend.CreateAsync(kind, postgres);
        Assert.Equal(StartAlbums.All, await backend.Open().ListAsync(Token));
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task An_album_is_kept_as_it_was_added_and_can_be_removed(StoreKindUnderTest kind)
    {
        await using SharedBackend backend = await SharedBackend.CreateAsync(kind, postgres);
        IAlbumStore store = backend.Open();
        var album = new Album("x-1", "Tïtle \"quoted\" 🎷", "Artist\twith tab", 0.1);
        Assert.Null(await store.GetAsync("x-1", Token));
        Assert.True(await store.AddAsync(album, Token));
        Assert.Equal(album, await store.GetAsync("x-1", Token));
        Assert.False(await store.AddAsync(album with { Title = "another" }, Token));
        Assert.Equal(album, await store.GetAsync("x-1", Token));
        Assert.Equal(["1", "2", "3", "x-1"], (await store.ListAsync(Token)).Select(a => a.Id));
        Assert.True(await store.RemoveAsync("x-1", Token));
        Assert.False(await store.RemoveAsync("x-1", Token));
        Assert.Equal(3, (await store.ListAsync(Token)).Count);
        await store.CheckAsync(Token);
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Of_many_who_add_the_same_id_one_succeeds(StoreKindUnderTest kind)
    {
        await using SharedBackend backend = await SharedBackend.CreateAsync(kind, postgres);
        IAlbumStore store = backend.Open();
        bool[] added = await Task.WhenAll(
            Enumerable.Range(0, 20).Select(i => Task.Run(() => store.AddAsync(new Album("same", $"t{i}", "a", i), Token), Token)));
        Assert.Single(added, true);
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Numbers_begin_after_the_start_albums(StoreKindUnderTest kind)
    {
        await using SharedBackend backend = await SharedBackend.CreateAsync(kind, postgres);
        IAlbumStore store = backend.Open();
        Assert.Equal((4, 5), (await store.NextNumberAsync(Token), await store.NextNumberAsync(Token)));
    }

    [Theory]
    [MemberData(nameof(Shared))]
    public async Task Instances_that_start_at_once_prepare_one_store(StoreKindUnderTest kind)
    {
        await using SharedBackend backend = await SharedBackend.CreateAsync(kind, postgres);
        IAlbumStore[] stores = [.. Enumerable.Range(0, 6).Select(_ => backend.Open())];
        IReadOnlyList<Album>[] lists = await Task.WhenAll(stores.Select(store => Task.Run(() => store.ListAsync(Token), Token)));
        Assert.All(lists, list => Assert.Equal(StartAlbums.All, list));
        long[] numbers = await Task.WhenAll(Enumerable.Range(0, 60).Select(i => stores[i % 6].NextNumberAsync(Token)));
        Assert.Equal(Enumerable.Range(4, 60).Select(i => (long)i), numbers.Order());
    }

    [Theory]
    [MemberData(nameof(Shared))]
    public async Task What_was_removed_does_not_come_back_with_a_later_instance(StoreKindUnderTest kind)
    {
        await using SharedBackend backend = await SharedBackend.CreateAsync(kind, postgres);
        Assert.True(await backend.Open().RemoveAsync("2", Token));
        Assert.Equal(["1", "3"], (await backend.Open().ListAsync(Token)).Select(a => a.Id));
    }

    [Theory]
    [MemberData(nameof(Shared))]
    public async Task One_instance_reads_what_another_has_just_added(StoreKindUnderTest kind)
    {
        await using SharedBackend backend = await SharedBackend.CreateAsync(kind, postgres);
        IAlbumStore one = backend.Open();
        IAlbumStore other = backend.Open();
        for (int i = 0; i < 50; i++)
        {
            Assert.True(await one.AddAsync(new Album($"n{i}", "t", "a", 1), Token));
            Assert.NotNull(await other.GetAsync($"n{i}", Token));
        }
    }

    [Theory]
    [MemberData(nameof(Shared))]
    public async Task A_store_that_is_down_says_so_and_is_used_again_when_it_is_back(StoreKindUnderTest kind)
    {
        await using SharedBackend backend = await SharedBackend.CreateAsync(kind, postgres);
        IAlbumStore store = backend.Open();
        await store.ListAsync(Token);
        await backend.StopAsync();
        try
        {
            await Eventually(async () => await IsUnavailableAsync(store.CheckAsync(Token)));
            await Assert.ThrowsAsync<StoreUnavailableException>(() => store.ListAsync(Token));
            await Assert.ThrowsAsync<StoreUnavailableException>(() => store.NextNumberAsync(Token));
            await Assert.ThrowsAsync<StoreUnavailableException>(() => store.AddAsync(new Album("x", "t", "a", 1), Token));
        }
        finally
        {
            await backend.StartAsync();
        }

        await Eventually(async () => !await IsUnavailableAsync(store.CheckAsync(Token)));
        Assert.True(await store.AddAsync(new Album("y", "t", "a", 1), Token));
    }

    [Fact]
    public async Task A_write_that_postgres_does_not_confirm_in_time_is_unknown()
    {
        await using SharedBackend backend = await SharedBackend.CreateAsync(StoreKindUnderTest.Postgres, postgres);
        IAlbumStore store = backend.Open();
        await store.ListAsync(Token);
        await using NpgsqlDataSource source = NpgsqlDataSource.Create(PostgresAddress.Parse(backend.Settings.Postgres!));
        await using NpgsqlConnection connection = await source.OpenConnectionAsync(Token);
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(Token);
        await using (var command = new NpgsqlCommand("LOCK TABLE albums IN EXCLUSIVE MODE", connection))
        {
            await command.ExecuteNonQueryAsync(Token);
        }

        await Assert.ThrowsAsync<StoreOutcomeUnknownException>(() => store.AddAsync(new Album("x", "t", "a", 1), Token));
    }

    [Fact]
    public async Task A_write_that_redis_does_not_confirm_in_time_is_unknown()
    {
        await using SharedBackend backend = await SharedBackend.CreateAsync(StoreKindUnderTest.Redis, postgres);
        IAlbumStore store = backend.Open();
        await store.ListAsync(Token);
        await using var admin = new EvenKeel.State.StateClient(EvenKeel.State.Options.StateConnectionString.Parse(backend.Settings.State!));
        await admin.ExecuteAsync(["CLIENT", "PAUSE", "30000", "WRITE"], Token);
        await Assert.ThrowsAsync<StoreOutcomeUnknownException>(() => store.AddAsync(new Album("x", "t", "a", 1), Token));
    }

    private static async Task<bool> IsUnavailableAsync(Task operation)
    {
        try
        {
            await operation;
            return false;
        }
        catch (StoreUnavailableException)
        {
            return true;
        }
    }

    private static async Task Eventually(Func<Task<bool>> condition)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30), TimeProvider.System);
        while (!await condition())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, deadline.Token);
        }
    }
}

using EvenKeel.TestServers;

namespace Albums.Tests.Instances;

/// <summary>The experiment: an album is added to the second of two instances, and both are asked.</summary>
[Trait("Category", "Process")]
public class TwoInstancesProcessTests(PostgresServer postgres) : IClassFixture<PostgresServer>
{
    [Fact]
    public async Task With_memory_the_instances_diverge()
    {
        await using AlbumsInstance one = await AlbumsInstance.StartAsync();
        await using AlbumsInstance other = await AlbumsInstance.StartAsync(("ALBUMS_STORE", "memory"));
        Assert.Equal((3, 3), (await one.CountAsync(), await other.CountAsync()));
        await other.AddBettyCarterAsync();
        Assert.Equal((3, 4), (await one.CountAsync(), await other.CountAsync()));
        Assert.Contains("store Memory, bug None", one.Started, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ServerKind.Node)]
    [InlineData(ServerKind.Redis)]
    public async Task With_shared_state_both_have_what_either_was_given(ServerKind kind)
    {
        await using RespServer server = await RespServer.StartAsync(kind);
        await AssertSharedAsync(("ALBUMS_STORE", "state"), ("ConnectionStrings__EvenKeel", server.Address.ToString()));
    }

    [Fact]
    public async Task With_postgres_both_have_what_either_was_given() =>
        await AssertSharedAsync(("ALBUMS_STORE", "postgres"), ("ALBUMS_POSTGRES", await postgres.CreateDatabaseAsync()));

    [Fact]
    public async Task An_unknown_bug_keeps_the_instance_from_starting()
    {
        (int exitCode, string error) = await AlbumsInstance.RunAsync(("ALBUMS_BUG", "loose"));
        Assert.Equal(2, exitCode);
        Assert.Equal("albums: ALBUMS_BUG is 'loose': it has to be none, lose, duplicate or stale.", error.Trim());
    }

    private static async Task AssertSharedAsync(params (string Name, string Value)[] environment)
    {
        AlbumsInstance[] instances = await Task.WhenAll(AlbumsInstance.StartAsync(environment), AlbumsInstance.StartAsync(environment));
        await using AlbumsInstance one = instances[0];
        await using AlbumsInstance other = instances[1];
        Assert.Equal([3, 3], await Task.WhenAll(one.CountAsync(), other.CountAsync()));
        await other.AddBettyCarterAsync();
        Assert.Equal((4, 4), (await one.CountAsync(), await other.CountAsync()));
    }
}

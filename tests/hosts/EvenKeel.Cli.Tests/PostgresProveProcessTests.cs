using System.Net;
using System.Net.Sockets;
using EvenKeel.Cli.Tests.Running;
using EvenKeel.TestServers;

namespace EvenKeel.Cli.Tests;

[Trait("Category", "Process")]
public sealed class PostgresProveProcessTests(PostgresServer postgres) : IClassFixture<PostgresServer>, IAsyncDisposable
{
    private readonly Sandbox _sandbox = new();

    public ValueTask DisposeAsync() => _sandbox.DisposeAsync();

    [Fact]
    public async Task Albums_in_a_real_database_survive_a_kill_and_a_pause()
    {
        _sandbox.Variables["ALBUMS_POSTGRES"] = await postgres.CreateDatabaseAsync();

        (await _sandbox.RunAsync("prove", Examples.PathOf("albums-postgres.yaml"))).Ended(0).Printed("PASS: no violation in", "2 confirmed faults");
    }

    [Fact]
    public async Task Without_a_database_nothing_is_started_and_one_sentence_says_why()
    {
        int port;
        using (var probe = new Socket(SocketType.Stream, ProtocolType.Tcp))
        {
            probe.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            port = ((IPEndPoint)probe.LocalEndPoint!).Port;
        }

        _sandbox.Variables["ALBUMS_POSTGRES"] = $"postgres://postgres@127.0.0.1:{port}/postgres";

        var result = (await _sandbox.RunAsync("prove", Examples.PathOf("albums-postgres.yaml"), "--quiet")).Ended(4).PrintedNothing()
            .Said($"PostgreSQL is needed and does not answer at 127.0.0.1:{port}", "Connection refused");

        Assert.Single(result.Error.Split('\n'), line => line.StartsWith("error ", StringComparison.Ordinal));
        Assert.False(Directory.Exists(Path.Combine(_sandbox.State, "runs")));
        await _sandbox.NothingIsLeftAsync(TimeSpan.Zero);
    }

    [Fact]
    public async Task Something_else_that_listens_there_is_no_database()
    {
        await using var redis = await RedisServer.StartAsync();
        _sandbox.Variables["ALBUMS_POSTGRES"] = $"postgres://postgres@{redis.Address}/postgres";

        (await _sandbox.RunAsync("prove", Examples.PathOf("albums-postgres.yaml"), "--quiet")).Ended(4).PrintedNothing()
            .Said("PostgreSQL is needed", "did not answer as PostgreSQL within");
    }
}

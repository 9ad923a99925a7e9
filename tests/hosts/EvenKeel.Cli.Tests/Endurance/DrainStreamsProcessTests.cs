using System.Runtime.InteropServices;
using EvenKeel.Cli.Tests.Running;

namespace EvenKeel.Cli.Tests.Endurance;

[Trait("Category", "Process")]
public sealed class DrainStreamsProcessTests : IAsyncDisposable
{
    private const int Streams = 30;
    private readonly Sandbox _sandbox = new();

    public ValueTask DisposeAsync() => _sandbox.DisposeAsync();

    [Theory]
    [InlineData("epoll")]
    [InlineData("socket")]
    public async Task A_drain_that_begins_with_live_streams_ends_with_none_cut(string transport)
    {
        _sandbox.With("evenkeel.yaml", $$"""
            version: 1
            name: drained
            services:
              web:
                command: dotnet {{BuiltPrograms.TestServer}}
                instances: 2
                health: { ready: /ready, interval: 200ms }
            gateway: { transport: {{transport}} }
            """);
        using var up = _sandbox.Start("up");
        await up.PrintsAsync("Service  http://");
        var url = _sandbox.RunOf("drained").Gateway!;
        var streams = new List<(PlainClient Client, PlainReply Head)>();
        for (var i = 0; i < Streams; i++)
        {
            var client = await PlainClient.ConnectAsync(url);
            await client.SendAsync("GET /stream/2000 HTTP/1.1\r\nHost: a\r\n\r\n");
            streams.Add((client, await client.ReadHeadAsync()));
        }

        // All of them have begun and none is at its end.
        up.Signal(PosixSignal.SIGTERM);
        await up.SaysAsync("stopping");
        foreach (var (client, head) in streams)
        {
            Assert.Equal("first halfsecondhalf", await client.ReadBodyAsync(head.Length));
            client.Dispose();
        }

        Assert.Equal(2, streams.Select(stream => stream.Head.Instance).Distinct().Count());
        (await up.EndAsync()).Ended(143);
    }
}

using EvenKeel.Gateway.Tests.Wire;

namespace EvenKeel.Gateway.Tests.Endurance;

public sealed class SlowHeadsTests
{
    private const int Slow = 5000;
    private const int Others = 200;

    [Fact]
    public async Task Five_thousand_clients_that_never_finish_their_head_leave_others_unharmed()
    {
        Assert.SkipUnless(DescriptorRoom.Has((2 * Slow) + 1000), $"SKIPPED, {(2 * Slow) + 1000} descriptors are needed: ulimit -n");
        await using var origin = Origin.Say("ok");
        await using var gateway = new TestGateway(o => o with
        {
            Timeouts = o.Timeouts with { Head = TimeSpan.FromMinutes(5) },
            Limits = o.Limits with { Connections = Slow + 100 },
        });
        gateway.Add(origin);
        for (var i = 0; i < Slow; i++)
        {
            var slow = await gateway.ConnectAsync();
            await slow.SendAsync("GET / HTTP/1.1\r\nHost: a\r\nX-Slow: ");
        }

        await gateway.Until(counts => counts.Clients == Slow, "all of them are there");
        var kept = await gateway.ConnectAsync();
        for (var i = 0; i < Others; i++)
        {
            await kept.SendAsync("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            Assert.Equal("ok", (await Deadline.Within(Reply.ReadAsync(kept))).Text);
            Assert.Equal("ok", (await CloseAsync(gateway)).Text);
        }

        await gateway.Until(counts => counts.Clients == Slow + 1, "none of the slow ones was given up for another");
        Assert.Equal(2 * Others, gateway.Statistics.Completed);
    }

    private static async Task<Reply> CloseAsync(TestGateway gateway)
    {
        var client = await gateway.ConnectAsync();
        await client.SendAsync("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
        return await Deadline.Within(Reply.ReadAsync(client));
    }
}

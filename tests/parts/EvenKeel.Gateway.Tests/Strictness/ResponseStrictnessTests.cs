using System.Net;
using EvenKeel.Gateway.Tests.Wire;

namespace EvenKeel.Gateway.Tests.Strictness;

/// <summary>Every malformed or ambiguous response becomes a 502 and its connection is never used again; its twin is relayed as one message.</summary>
public sealed class ResponseStrictnessTests
{
    public static TheoryData<string> Names => [.. Cases.Responses.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_bad_response_becomes_502_and_its_connection_is_dropped(string name)
    {
        var bad = Cases.Responses[name].Refused;
        var served = 0;
        await using var origin = new Origin(async channel =>
        {
            while (await channel.ReadHeadAsync() is not null)
            {
                await channel.SendAsync(Interlocked.Increment(ref served) == 1 ? bad + Origin.Ok("smuggled") : Origin.Ok("next"));
            }
        });
        await using var gateway = new TestGateway(Cases.Limited);
        gateway.Add(origin);

        var client = await gateway.ConnectAsync();
        await client.SendAsync("POST /one HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n");
        var refused = await Deadline.Within(Reply.ReadAsync(client));
        Assert.Equal((int)HttpStatusCode.BadGateway, refused.Status);
        Assert.DoesNotContain("smuggled", refused.Text, StringComparison.Ordinal);

        var next = await gateway.GetAsync("/two");
        Assert.Equal("next", next.Text);
        Assert.Equal(2, origin.Connections);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Its_twin_is_relayed_as_one_message(string name)
    {
        var twin = Cases.Responses[name].Twin;
        var isInterim = twin.StartsWith("HTTP/1.1 100", StringComparison.Ordinal);
        await using var origin = new Origin(async channel =>
        {
            if (await channel.ReadHeadAsync() is not null)
            {
                await channel.SendAsync(twin + (isInterim ? Origin.Ok("final") : Cases.BodyOf(twin)));
            }
        });
        await using var gateway = new TestGateway(Cases.Limited);
        gateway.Add(origin);

        var client = await gateway.ConnectAsync();
        await client.SendAsync("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        client.EndSending();
        var answer = await Deadline.Within(client.ReadToEndAsync());

        var response = StrictJudge.TakeResponse(answer, out var rest);
        if (isInterim)
        {
            response = StrictJudge.TakeResponse(rest, out rest);
        }

        Assert.Equal("", rest);
        Assert.Equal(isInterim ? "final" : Cases.ContentOf(twin), response!.Body);
    }
}

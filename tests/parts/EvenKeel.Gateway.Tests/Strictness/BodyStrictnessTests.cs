using EvenKeel.Gateway.Tests.Wire;

namespace EvenKeel.Gateway.Tests.Strictness;

/// <summary>
/// No malformed body ever completes a message: of a request the instance sees no end, of a response the client does. Nothing that follows it
/// is taken for a message of its own. The twin arrives as one message.
/// </summary>
public sealed class BodyStrictnessTests
{
    private const string Ask = "POST /one HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";
    private const string Smuggled = "GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n";

    public static TheoryData<string> Names => [.. BodyCases.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_bad_body_of_a_request_is_refused_and_completes_no_message(string name)
    {
        await using var origin = new JudgedOrigin();
        await using var gateway = new TestGateway();
        gateway.Add(origin.Origin);
        var client = await gateway.ConnectAsync();
        await client.SendAsync(Ask + BodyCases.All[name].Refused + Smuggled);
        client.EndSending();
        var answer = await Deadline.Within(client.ReadToEndAsync());

        Assert.StartsWith($"HTTP/1.1 {BodyCases.All[name].Status} ", answer, StringComparison.Ordinal);
        Assert.Contains("close", StrictJudge.TakeResponse(answer, out var rest)!["connection"]);
        Assert.Equal("", rest);
        Assert.Empty(origin.Requests);
        Assert.All(origin.Complaints, complaint => Assert.StartsWith("an unfinished request", complaint, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Its_twin_arrives_as_one_request_and_the_next_one_follows_it(string name)
    {
        var twin = BodyCases.All[name];
        await using var origin = new JudgedOrigin();
        await using var gateway = new TestGateway();
        gateway.Add(origin.Origin);
        var client = await gateway.ConnectAsync();
        await client.SendAsync(Ask + twin.Twin + "GET /two HTTP/1.1\r\nHost: a\r\n\r\n");
        client.EndSending();
        await Deadline.Within(client.ReadToEndAsync());

        Assert.Empty(origin.Complaints);
        Assert.Equal(["POST /one HTTP/1.1", "GET /two HTTP/1.1"], origin.Requests.Select(one => one.StartLine));
        Assert.Equal((twin.Content, twin.Trailers), (origin.Requests.First().Body, origin.Requests.First().TrailerText));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_bad_body_of_a_response_is_visibly_broken_off_and_its_connection_dropped(string name)
    {
        var served = 0;
        await using var origin = Chunking(() => Interlocked.Increment(ref served) == 1 ? BodyCases.All[name].Refused : "4\r\nnext\r\n0\r\n\r\n");
        await using var gateway = new TestGateway();
        gateway.Add(origin);
        var client = await gateway.ConnectAsync();
        await client.SendAsync("GET /one HTTP/1.1\r\nHost: a\r\n\r\n");
        var (seen, isReset) = await Deadline.Within(BrokenOff.ReadAsync(client));

        Assert.True(
            isReset || seen.StartsWith("HTTP/1.1 502 ", StringComparison.Ordinal) || StrictJudge.TakeResponse(seen, out _) is null,
            "the response looks whole: " + seen);
        Assert.Equal("next", (await gateway.GetAsync("/two")).Text);
        Assert.Equal(2, origin.Connections);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Its_twin_arrives_as_one_response_and_the_connection_goes_on(string name)
    {
        var twin = BodyCases.All[name];
        await using var origin = Chunking(() => twin.Twin);
        await using var gateway = new TestGateway();
        gateway.Add(origin);
        var client = await gateway.ConnectAsync();
        await client.SendAsync("GET / HTTP/1.1\r\nHost: a\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n");
        client.EndSending();
        var answer = await Deadline.Within(client.ReadToEndAsync());

        for (var i = 0; i < 2; i++)
        {
            var response = StrictJudge.TakeResponse(answer, out answer)!;
            Assert.Equal((twin.Content, twin.Trailers), (response.Body, response.TrailerText));
        }

        Assert.Equal(("", 1), (answer, origin.Connections));
    }

    private static Origin Chunking(Func<string> body) => new(async channel =>
    {
        while (await channel.ReadHeadAsync() is not null)
        {
            await channel.SendAsync("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + body());
        }
    });
}

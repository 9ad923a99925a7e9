using EvenKeel.Gateway.Tests.Wire;

namespace EvenKeel.Gateway.Tests.Strictness;

/// <summary>
/// Every malformed or ambiguous request is refused and its connection closed, and nothing of it reaches an instance. Its twin, the smallest
/// change that makes it right, arrives as exactly one message that an independent parser finds well-formed.
/// </summary>
public sealed class RequestStrictnessTests
{
    private const string Smuggled = "GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n";

    public static TheoryData<string> Names => [.. Cases.Requests.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_bad_request_is_refused_and_nothing_of_it_is_forwarded(string name)
    {
        var bad = Cases.Requests[name];
        await using var origin = new JudgedOrigin();
        await using var gateway = new TestGateway(Cases.Limited);
        gateway.Add(origin.Origin);

        var client = await gateway.ConnectAsync();
        await client.SendAsync(bad.Refused + Smuggled);
        client.EndSending();
        var answer = await Deadline.Within(client.ReadToEndAsync());

        Assert.StartsWith($"HTTP/1.1 {bad.Status} ", answer, StringComparison.Ordinal);
        var response = StrictJudge.TakeResponse(answer, out var rest);
        Assert.Contains("close", response!["connection"]);
        Assert.Equal("", rest);
        Assert.Equal(0, origin.Origin.Connections);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Its_twin_is_forwarded_as_exactly_one_message(string name)
    {
        var twin = Cases.Requests[name].Twin;
        await using var origin = new JudgedOrigin();
        await using var gateway = new TestGateway(Cases.Limited);
        gateway.Add(origin.Origin);

        var client = await gateway.ConnectAsync();
        var body = Cases.BodyOf(twin);
        await client.SendAsync(twin + body);
        client.EndSending();
        var answer = await Deadline.Within(client.ReadToEndAsync());

        // A length that is right, but more than a body may have, is the one kind of twin that is not forwarded.
        Assert.StartsWith(body is null ? "HTTP/1.1 413 " : "HTTP/1.1 200 ", answer, StringComparison.Ordinal);
        Assert.Empty(origin.Complaints);
        if (body is not null)
        {
            var request = Assert.Single(origin.Requests);
            Assert.Equal(Cases.ContentOf(twin), request.Body);
            Assert.Equal(twin.TrimStart('\r', '\n').Split(' ')[0], request.StartLine.Split(' ')[0]);
        }
    }
}

using EvenKeel.Gateway.Tests.Wire;

namespace EvenKeel.Gateway.Tests.Strictness;

/// <summary>Requests of which only some of the bytes on a connection make a message: how many arrive, and what the client is told.</summary>
public sealed class RequestOrderTests
{
    private const string One = "GET /1 HTTP/1.1\r\nHost: a\r\n\r\n";
    private const string Chunked = "POST /1 HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";

    [Theory]
    [InlineData("two at once", One + One, 2, "200 200")]
    [InlineData("an empty line between two", One + "\r\n" + One, 2, "200 200")]
    [InlineData("two empty lines between two", One + "\r\n\r\n" + One, 1, "200 400")]
    [InlineData("a bad one behind a good one", One + "GET /2 HTTP/1.1\nHost: a\r\n\r\n" + One, 1, "200 400")]
    [InlineData("a body that no field announced", One + "hello" + One, 2, "200 200")]
    [InlineData("a body that no field announced and no method begins with", One + "(hello" + One, 1, "200 400")]
    [InlineData("a request behind the last one", "GET /1 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n" + One, 1, "200")]
    [InlineData("a request behind one of HTTP/1.0", "GET /1 HTTP/1.0\r\n\r\n" + One, 1, "200")]
    [InlineData("the end within a head", "GET /1 HTTP/1.1\r\nHost: a\r\n", 0, "")]
    [InlineData("the end within the head of the second", One + "GET /2 HT", 1, "200")]
    [InlineData("the end within a length", "POST /1 HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhell", 0, "")]
    [InlineData("the end within a chunk", Chunked + "5\r\nhell", 0, "")]
    [InlineData("the end before the last chunk", Chunked + "5\r\nhello\r\n", 0, "")]
    [InlineData("the end within a trailer", Chunked + "5\r\nhello\r\n0\r\nX: 1\r\n", 0, "")]
    [InlineData("the end behind a whole body", Chunked + "5\r\nhello\r\n0\r\n\r\n", 1, "200")]
    public async Task As_many_requests_arrive_as_are_whole(string name, string bytes, int arriving, string statuses)
    {
        await using var origin = new JudgedOrigin();
        await using var gateway = new TestGateway();
        gateway.Add(origin.Origin);
        var client = await gateway.ConnectAsync();
        await client.SendAsync(bytes);
        client.EndSending();
        var (answer, _) = await Deadline.Within(BrokenOff.ReadAsync(client));

        var seen = new List<string>();
        while (answer.Length > 0)
        {
            seen.Add(StrictJudge.TakeResponse(answer, out answer)!.StartLine.Split(' ')[1]);
        }

        Assert.True(statuses == string.Join(' ', seen), $"{name}: {string.Join(' ', seen)}");
        Assert.Equal(arriving, origin.Requests.Count);
        Assert.All(origin.Complaints, complaint => Assert.StartsWith("an unfinished request", complaint, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("X-Hop: 1", false)]
    [InlineData("Connection: X-Hop\r\nX-Hop: 1", true)]
    [InlineData("X-Hop: 1\r\nConnection: x-hoP", true)]
    [InlineData("Connection: close, X-Hop\r\nX-Hop: 1", true)]
    [InlineData("Connection: Te\r\nConnection: X-Hop\r\nX-Hop: 1\r\nX-Hop: 2", true)]
    [InlineData("Connection: X-Ho\r\nX-Hop: 1", false)]
    [InlineData("Connection: X-Hopp\r\nX-Hop: 1", false)]
    public async Task Fields_that_Connection_names_are_of_one_hop_in_both_directions(string fields, bool ends)
    {
        await using var origin = Origin.Serve((_, _) => Origin.Ok("ok", fields + "\r\n"));
        await using var gateway = new TestGateway();
        gateway.Add(origin);
        var reply = await gateway.AskAsync($"GET / HTTP/1.1\r\nHost: a\r\n{fields}\r\n\r\n");

        Assert.Equal(ends ? null : "1", reply["X-Hop"]);
        Assert.Equal(!ends, Assert.Single(origin.Heads).Any(line => line.StartsWith("X-Hop:", StringComparison.Ordinal)));
    }
}

using System.Globalization;
using EvenKeel.Gateway.Tests.Wire;

namespace EvenKeel.Gateway.Tests.Strictness;

/// <summary>Where an answer ends is decided as the RFC says, whatever the instance sends behind it, and one that broke off never looks whole.</summary>
public sealed class AnswerTests
{
    public static TheoryData<string> Names => [.. AnswerCases.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task An_answer_has_exactly_its_outcome(string name)
    {
        var one = AnswerCases.All[name];
        var served = 0;
        var arrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var origin = new Origin(async channel =>
        {
            while (await channel.ReadHeadAsync() is not null)
            {
                if (Interlocked.Increment(ref served) > 1)
                {
                    await channel.SendAsync(Origin.Ok("next"));
                    continue;
                }

                await channel.SendAsync(one.Answer);
                if (one.Resets)
                {
                    // A reset discards what has not been read: it must not overtake the answer.
                    await arrived.Task;
                    channel.Reset();
                }

                if (one.Closes)
                {
                    return;
                }
            }
        });
        await using var gateway = new TestGateway();
        gateway.Add(origin);
        var client = await gateway.ConnectAsync();
        await client.SendAsync(
            $"{one.Method} /one HTTP/1.1\r\nHost: a\r\n{(one.Method == "POST" ? "Content-Length: 0\r\n" : "")}Connection: close\r\n\r\n");
        var (seen, isReset) = await Deadline.Within(BrokenOff.ReadAsync(client, text =>
        {
            if (text.Contains("hello", StringComparison.Ordinal))
            {
                arrived.TrySetResult();
            }
        }));

        if (one.Body is null)
        {
            Assert.True(
                isReset || seen.Contains("HTTP/1.1 502 ", StringComparison.Ordinal) || Whole(seen, one.Method) is null, "it looks whole: " + seen);
        }
        else
        {
            Assert.False(isReset, "it was reset: " + seen);
            var response = Whole(seen, one.Method)!;
            Assert.Equal(one.Status.ToString(CultureInfo.InvariantCulture), response.StartLine.Split(' ')[1]);
            Assert.True(one.Body == "*" || one.Body == response.Body, response.Body);
            Assert.True(one.Body == "*" || one.Length == response["content-length"].FirstOrDefault(), seen);
        }

        Assert.Equal("next", (await gateway.GetAsync("/two")).Text);
        Assert.Equal(one.KeepsInstance ? 1 : 2, origin.Connections);
    }

    // The final response; null when it is not whole. The judge is not told of HEAD, so that its heads are read as those of 304.
    private static StrictMessage? Whole(string text, string method)
    {
        if (method == "HEAD")
        {
            var judged = StrictJudge.TakeResponse(text.Replace("HTTP/1.1 200 OK", "HTTP/1.1 304 OK", StringComparison.Ordinal), out var more);
            Assert.Equal("", more);
            return judged! with { StartLine = "HTTP/1.1 200 OK" };
        }

        var response = StrictJudge.TakeResponse(text, out var rest);
        while (response is not null && response.StartLine.StartsWith("HTTP/1.1 1", StringComparison.Ordinal))
        {
            Assert.Empty(response["content-length"].Concat(response["transfer-encoding"]));
            response = rest.Length == 0 ? null : StrictJudge.TakeResponse(rest, out rest);
        }

        Assert.True(response is null || rest == "", "more than one response: " + text);
        return response;
    }
}

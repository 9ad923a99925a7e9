using System.Text;
using System.Text.Json;
using Metering.Events;

namespace Metering.Tests.Events;

public class BodyHashTests
{
    private const string Body =
        """{"eventId":"e","timestamp":"2026-01-01T00:00:00.5Z","customerId":"c","apiEndpoint":"/v1","metadata":{"inputTokens":1,"outputTokens":2,"model":"m"}}""";

    [Fact]
    public void The_same_event_in_other_words_has_the_same_hash()
    {
        long hash = Of(Body);
        Assert.Equal(hash, Of(Body.Replace(",", " ,\n ")));
        Assert.Equal(hash, Of("""{"metadata":{"model":"m","outputTokens":2,"inputTokens":1,"x":[1]},"apiEndpoint":"/v1","customerId":"c","timestamp":"2026-01-01T01:00:00.500+01:00","eventId":"e","y":{}}"""));
        Assert.Equal(hash, Of(Body.Replace("00.5Z", "00.5000001Z")));
    }

    [Theory]
    [InlineData("00.5Z", "00.500001Z")]
    [InlineData("\"c\"", "\"c2\"")]
    [InlineData("/v1", "/v2")]
    [InlineData("\"m\"", "null")]
    [InlineData("\"m\"", "\"\"")]
    [InlineData("\"inputTokens\":1,\"outputTokens\":2", "\"inputTokens\":2,\"outputTokens\":1")]
    [InlineData("\"model\"", "\"tokens\":3,\"model\"")]
    [InlineData("\"model\"", "\"latencyMs\":0,\"model\"")]
    public void Another_event_has_another_hash(string was, string now) => Assert.NotEqual(Of(Body), Of(Body.Replace(was, now)));

    [Fact]
    public void The_longest_event_fits()
    {
        string longest = Body.Replace("\"c\"", $"\"{new string('ﾃ', EventRules.MaxCustomer)}\"").Replace("\"m\"", $"\"{new string('ﾃ', EventRules.MaxModel)}\"")
            .Replace("/v1", new string('ﾃ', EventRules.MaxEndpoint));
        Assert.NotEqual(Of(Body), Of(longest));
    }

    private static long Of(string body)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(body));
        reader.Read();
        EventDraft draft = EventDraftReader.Read(ref reader);
        Assert.Empty(draft.Faults);
        return BodyHash.Of(draft);
    }
}

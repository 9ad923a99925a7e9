using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json;
using EvenKeel.TestServers;
using Metering.Batches;
using Metering.Tests.Instances;

namespace Metering.Tests.Api;

[Trait("Category", "Process")]
public class BatchEndpointProcessTests(PostgresServer postgres) : IClassFixture<PostgresServer>
{
    private static readonly DateTime Now = TimeProvider.System.GetUtcNow().UtcDateTime;

    [Fact]
    public async Task Every_event_of_an_array_has_a_result_of_its_own()
    {
        await using UsageDatabase database = await UsageDatabase.CreateAsync(postgres);
        await using HostedMetering metering = await HostedMetering.StartAsync(database.Settings);
        await metering.PostAsync(HostedMetering.Event("old", Now));
        await metering.PostAsync(HostedMetering.Event("older", Now, input: 99));
        (HttpStatusCode status, JsonElement body, _) = await metering.PostBatchAsync(HostedMetering.Array(
            HostedMetering.Event("new", Now),
            HostedMetering.Event("old", Now),
            HostedMetering.Event("older", Now),
            HostedMetering.Event("new", Now),
            HostedMetering.Event("new", Now, input: 99),
            HostedMetering.Event("bad", Now).Replace(":10,", ":true,"),
            HostedMetering.Event("stranger", Now, "nobody"),
            "7",
            "null"));
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(
            ["PROCESSED", "DUPLICATE", "CONFLICT", "DUPLICATE", "CONFLICT", "REJECTED", "REJECTED", "REJECTED", "REJECTED"],
            body.GetProperty("results").EnumerateArray().Select(one => one.GetProperty("status").GetString()));
        Assert.Equal(["metadata.inputTokens", "customerId", "$", "$"], body.GetProperty("results").EnumerateArray().Skip(5)
            .Select(one => one.GetProperty("errors")[0].GetProperty("field").GetString()));
        Assert.Equal(3, await database.CountAsync("metering.usage_event"));
    }

    [Theory]
    [InlineData(99, 10, "CONFLICT", "DUPLICATE")]
    [InlineData(10, 99, "DUPLICATE", "CONFLICT")]
    [InlineData(99, 98, "CONFLICT", "CONFLICT")]
    public async Task Two_bodies_under_a_stored_id_are_each_compared_with_what_is_stored(int first, int second, string one, string other)
    {
        await using UsageDatabase database = await UsageDatabase.CreateAsync(postgres);
        await using HostedMetering metering = await HostedMetering.StartAsync(database.Settings);
        await metering.PostAsync(HostedMetering.Event("old", Now, input: 10));

        (_, JsonElement body, _) = await metering.PostBatchAsync(HostedMetering.Array(
            HostedMetering.Event("old", Now, input: first), HostedMetering.Event("old", Now, input: second), HostedMetering.Event("old", Now, input: first)));

        Assert.Equal([one, other, one], body.GetProperty("results").EnumerateArray().Select(result => result.GetProperty("status").GetString()));
        Assert.Equal(1, await database.CountAsync("metering.usage_event"));
    }

    [Fact]
    public async Task Lines_that_are_no_events_are_told_one_by_one()
    {
        await using UsageDatabase database = await UsageDatabase.CreateAsync(postgres);
        await using HostedMetering metering = await HostedMetering.StartAsync(database.Settings);
        string lines = $"{HostedMetering.Event("a", Now)}\n\r\n{{broken\n[1]\n{HostedMetering.Event("b", Now)} trailing\n{HostedMetering.Event("c", Now)}";
        (HttpStatusCode status, JsonElement body, _) = await metering.PostBatchAsync(new StringContent(lines, Encoding.UTF8, "application/x-ndjson"));
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(
            ["a PROCESSED", " REJECTED", " REJECTED", " REJECTED", "c PROCESSED"],
            body.GetProperty("results").EnumerateArray().Select(one => $"{one.GetProperty("eventId").GetString()} {one.GetProperty("status").GetString()}"));
        Assert.Equal(2, await database.CountAsync("metering.usage_event"));
    }

    [Fact]
    public async Task A_batch_has_5000_events_and_not_one_more_packed_or_not()
    {
        await using UsageDatabase database = await UsageDatabase.CreateAsync(postgres);
        await using HostedMetering metering = await HostedMetering.StartAsync(database.Settings);
        string[] events = [.. Enumerable.Range(0, BatchReader.MaxEvents + 1).Select(i => HostedMetering.Event($"n{i}", Now, $"acme-customer-00{1 + (i % 3)}"))];
        (HttpStatusCode status, JsonElement body, _) = await metering.PostBatchAsync(HostedMetering.Array(events));
        Assert.Equal((HttpStatusCode.RequestEntityTooLarge, 0), (status, await database.CountAsync("metering.event_key")));
        Assert.Contains("at most 5000", body.GetProperty("detail").GetString(), StringComparison.Ordinal);
        (status, _, _) = await metering.PostBatchAsync(new StringContent(string.Join('\n', events), Encoding.UTF8, "application/x-ndjson"));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, status);

        (status, body, _) = await metering.PostBatchAsync(Packed($"[{string.Join(',', events.SkipLast(1))}]"));
        Assert.Equal((HttpStatusCode.OK, 5000), (status, body.GetProperty("processed").GetInt32()));
        (status, body, _) = await metering.PostBatchAsync(Packed($"[{string.Join(',', events.SkipLast(1))}]"));
        Assert.Equal((HttpStatusCode.OK, 5000), (status, body.GetProperty("duplicates").GetInt32()));
        Assert.Equal(5000, await database.CountAsync("metering.usage_event"));
    }

    [Fact]
    public async Task A_body_that_unpacks_to_too_much_or_is_no_batch_is_refused()
    {
        await using UsageDatabase database = await UsageDatabase.CreateAsync(postgres);
        await using HostedMetering metering = await HostedMetering.StartAsync(database.Settings);
        (HttpStatusCode status, JsonElement body, _) = await metering.PostBatchAsync(Packed("[" + new string(' ', 40_000_000) + "]"));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, status);
        Assert.Contains("once it is unpacked", body.GetProperty("detail").GetString(), StringComparison.Ordinal);

        (status, _, _) = await metering.PostBatchAsync(new StringContent(new string('x', BatchReader.MaxLine + 1), Encoding.UTF8, "application/x-ndjson"));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, status);
        (status, _, _) = await metering.PostBatchAsync(new StringContent($"[{HostedMetering.Event("a", Now)},", Encoding.UTF8, "application/json"));
        Assert.Equal(HttpStatusCode.BadRequest, status);
        using var notPacked = new StringContent("[]", Encoding.UTF8, "application/json");
        notPacked.Headers.ContentEncoding.Add("gzip");
        Assert.Equal(HttpStatusCode.BadRequest, (await metering.PostBatchAsync(notPacked)).Status);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, (await metering.PostBatchAsync(new StringContent("[]", Encoding.UTF8, "text/csv"))).Status);
        Assert.Equal(0, await database.CountAsync("metering.event_key"));
        Assert.Equal(HttpStatusCode.OK, (await metering.PostBatchAsync(HostedMetering.Array())).Status);
    }

    private static ByteArrayContent Packed(string text)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(Encoding.UTF8.GetBytes(text));
        }

        var content = new ByteArrayContent(packed.ToArray());
        content.Headers.ContentType = new("application/json");
        content.Headers.ContentEncoding.Add("gzip");
        return content;
    }
}

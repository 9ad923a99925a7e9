using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json;
using EvenKeel.TestServers;
using Metering.Api;
using Metering.Tests.Instances;
using Microsoft.Extensions.DependencyInjection;

namespace Metering.Tests.Api;

[Trait("Category", "Process")]
public class BatchLimitProcessTests(PostgresServer postgres) : IClassFixture<PostgresServer>
{
    private static readonly DateTime Now = TimeProvider.System.GetUtcNow().UtcDateTime;

    [Fact]
    public async Task One_batch_more_than_are_read_at_a_time_is_told_when_to_come_again_and_then_taken()
    {
        await using UsageDatabase database = await UsageDatabase.CreateAsync(postgres);
        await using HostedMetering metering = await HostedMetering.StartAsync(database.Settings);
        BatchEndpoint endpoint = metering.Services.GetRequiredService<BatchEndpoint>();
        StalledContent[] bodies = [.. Enumerable.Range(0, BatchEndpoint.MaxAtOnce).Select(_ => new StalledContent())];
        var batches = bodies.Select(body => metering.PostBatchAsync(body)).ToArray();
        await Until.TrueAsync("32 batches that are being read", () => Task.FromResult(endpoint.Reading == BatchEndpoint.MaxAtOnce));
        (HttpStatusCode status, _, HttpResponseMessage response) = await metering.PostBatchAsync(HostedMetering.Array(HostedMetering.Event("one", Now)));
        Assert.Equal((HttpStatusCode.TooManyRequests, "1"), (status, response.Headers.RetryAfter!.ToString()));
        Assert.DoesNotContain(batches, batch => batch.IsCompleted);

        // A single event is no batch.
        Assert.Equal(HttpStatusCode.Created, (await metering.PostAsync(HostedMetering.Event("two", Now))).Status);
        Array.ForEach(bodies, body => body.Finish());
        Assert.All(await Task.WhenAll(batches), answer => Assert.Equal(HttpStatusCode.OK, answer.Status));
        Assert.Equal(HttpStatusCode.OK, (await metering.PostBatchAsync(HostedMetering.Array(HostedMetering.Event("three", Now)))).Status);
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("application/x-ndjson")]
    public async Task A_packed_batch_that_breaks_off_anywhere_stores_nothing(string type)
    {
        await using UsageDatabase database = await UsageDatabase.CreateAsync(postgres);
        await using HostedMetering metering = await HostedMetering.StartAsync(database.Settings);
        bool isLines = type != "application/json";
        string[] events = [.. Enumerable.Range(0, 300).Select(i => HostedMetering.Event($"e{i}", Now, input: i * 7919 % 1000))];
        byte[] whole = Pack(isLines ? string.Join('\n', events) + "\n" : $"[{string.Join(',', events)}]");
        foreach (int left in new[] { 5, whole.Length / 3, whole.Length / 2, whole.Length - 40, whole.Length - 8, whole.Length - 1 })
        {
            (HttpStatusCode status, JsonElement body, _) = await metering.PostBatchAsync(Content(whole[..left], type));
            Assert.Equal(HttpStatusCode.BadRequest, status);
            Assert.Contains("Nothing was stored", body.GetProperty("detail").GetString(), StringComparison.Ordinal);
        }

        Assert.Equal(0, await database.CountAsync("metering.event_key"));
        Assert.Equal(300, (await metering.PostBatchAsync(Content(whole, type))).Body.GetProperty("processed").GetInt32());
    }

    [Fact]
    public async Task A_packed_batch_of_several_members_is_read_to_its_end_and_the_coding_may_be_written_in_capitals()
    {
        await using UsageDatabase database = await UsageDatabase.CreateAsync(postgres);
        await using HostedMetering metering = await HostedMetering.StartAsync(database.Settings);
        byte[] members = [.. Pack(HostedMetering.Event("a", Now) + "\n"), .. Pack(HostedMetering.Event("b", Now) + "\n")];
        (_, JsonElement body, _) = await metering.PostBatchAsync(Content(members, "application/x-ndjson", "GZIP"));
        Assert.Equal(2, body.GetProperty("processed").GetInt32());
    }

    private static byte[] Pack(string text)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(Encoding.UTF8.GetBytes(text));
        }

        return packed.ToArray();
    }

    private static ByteArrayContent Content(byte[] body, string type, string coding = "gzip")
    {
        var content = new ByteArrayContent(body);
        content.Headers.ContentType = new(type);
        content.Headers.ContentEncoding.Add(coding);
        return content;
    }
}

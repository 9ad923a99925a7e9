using System.Net;
using System.Text.Json;
using EvenKeel.TestServers;
using Metering.Schema;
using Metering.Tests.Instances;

namespace Metering.Tests.Api;

[Trait("Category", "Process")]
public class EventEndpointProcessTests(PostgresServer postgres) : IClassFixture<PostgresServer>
{
    private static readonly DateTime Now = TimeProvider.System.GetUtcNow().UtcDateTime;

    [Fact]
    public async Task An_event_is_counted_once_however_often_it_is_sent_and_another_one_under_its_id_is_refused()
    {
        await using UsageDatabase database = await UsageDatabase.CreateAsync(postgres);
        await using HostedMetering metering = await HostedMetering.StartAsync(database.Settings);

        (HttpStatusCode status, JsonElement body, _) = await metering.PostAsync(HostedMetering.Event("e1", Now));
        Assert.Equal(HttpStatusCode.Created, status);
        Assert.Equal(("e1", "PROCESSED"), (body.GetProperty("eventId").GetString(), body.GetProperty("status").GetString()));
        Assert.InRange(body.GetProperty("processedAt").GetDateTime(), Now.AddMinutes(-1), Now.AddMinutes(10));
        Assert.Equal(1, await database.CountAsync("metering.usage_event"));

        (status, body, _) = await metering.PostAsync(HostedMetering.Event("e1", Now, extra: "\"ignored\":[{}],"));
        Assert.Equal((HttpStatusCode.OK, "DUPLICATE"), (status, body.GetProperty("status").GetString()));

        (status, body, _) = await metering.PostAsync(HostedMetering.Event("e1", Now, input: 11));
        Assert.Equal((HttpStatusCode.Conflict, "The id is taken"), (status, body.GetProperty("title").GetString()));
        Assert.Equal(["10"], await database.QueryAsync("SELECT input_tokens FROM metering.usage_event"));

        // Another tenant has names of its own.
        (status, _, _) = await metering.PostAsync(HostedMetering.Event("e1", Now, "techstart-customer-001"), DemoData.TechStartKey);
        Assert.Equal(HttpStatusCode.Created, status);
    }

    [Fact]
    public async Task What_is_wrong_is_told_field_by_field_and_nothing_is_stored()
    {
        await using UsageDatabase database = await UsageDatabase.CreateAsync(postgres);
        await using HostedMetering metering = await HostedMetering.StartAsync(database.Settings);
        string good = HostedMetering.Event("e", Now);
        (string Body, HttpStatusCode Status, string Field)[] cases =
        [
            ("{}", HttpStatusCode.BadRequest, "eventId,apiEndpoint,customerId,metadata.inputTokens,metadata.outputTokens,timestamp"),
            ("[]", HttpStatusCode.BadRequest, "$"),
            (good.Replace("\"e\"", "\"\""), HttpStatusCode.BadRequest, "eventId"),
            (good.Replace("\"e\"", $"\"{new string('x', 129)}\""), HttpStatusCode.BadRequest, "eventId"),
            (good.Replace("\"e\"", "\"a\\u0000\""), HttpStatusCode.BadRequest, "eventId"),
            (good.Replace("\"e\"", "\"\\ud800\""), HttpStatusCode.BadRequest, "eventId"),
            (good.Replace(":10,", ":-1,"), HttpStatusCode.BadRequest, "metadata.inputTokens"),
            (good.Replace(":10,", ":\"10\","), HttpStatusCode.BadRequest, "metadata.inputTokens"),
            (good.Replace("Z\"", "\""), HttpStatusCode.BadRequest, "timestamp"),
            (HostedMetering.Event("e", Now.AddDays(-8)), HttpStatusCode.BadRequest, "timestamp"),
            (HostedMetering.Event("e", Now.AddMinutes(10)), HttpStatusCode.BadRequest, "timestamp"),
            (HostedMetering.Event("e", Now, extra: "\"tenantId\":\"2\","), HttpStatusCode.Forbidden, ""),
            (HostedMetering.Event("e", Now, extra: "\"tenantId\":true,"), HttpStatusCode.BadRequest, "tenantId"),
            (HostedMetering.Event("e", Now, "nobody"), HttpStatusCode.NotFound, ""),
            (HostedMetering.Event("e", Now, "techstart-customer-001"), HttpStatusCode.NotFound, ""),
            (good[..^1], HttpStatusCode.BadRequest, ""),
            (good + "1", HttpStatusCode.BadRequest, ""),
            ("", HttpStatusCode.BadRequest, ""),
            (good.Replace("\"e\"", $"\"{new string('x', 70_000)}\""), HttpStatusCode.RequestEntityTooLarge, ""),
        ];
        foreach ((string sent, HttpStatusCode expected, string fields) in cases)
        {
            (HttpStatusCode status, JsonElement body, HttpResponseMessage response) = await metering.PostAsync(sent);
            string shown = sent.Length > 300 ? sent[..300] : sent;
            Assert.True(expected == status, $"{shown} gives {status}: {body}");
            Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
            string found = body.TryGetProperty("errors", out JsonElement errors) ? string.Join(',', errors.EnumerateObject().Select(one => one.Name)) : "";
            Assert.Equal(fields, found);
        }

        Assert.Equal(0, await database.CountAsync("metering.event_key"));
        Assert.Equal(HttpStatusCode.Created, (await metering.PostAsync(HostedMetering.Event("e", Now, extra: "\"tenantId\":1,"))).Status);
    }

    [Fact]
    public async Task Only_a_known_key_of_an_active_tenant_is_let_in()
    {
        await using UsageDatabase database = await UsageDatabase.CreateAsync(postgres);
        await using HostedMetering metering = await HostedMetering.StartAsync(database.Settings);
        (HttpStatusCode status, _, HttpResponseMessage response) = await metering.SendAsync(HttpMethod.Get, "/v1/lag", key: null);
        Assert.Equal((HttpStatusCode.Unauthorized, "Bearer"), (status, response.Headers.WwwAuthenticate.ToString()));
        Assert.Equal(HttpStatusCode.Unauthorized, (await metering.SendAsync(HttpMethod.Get, "/v1/lag", key: "x")).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await metering.SendAsync(HttpMethod.Get, "/v1/lag", key: new string('x', 300))).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await metering.SendAsync(HttpMethod.Get, "/v1/lag", key: DemoData.InactiveKey)).Status);

        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/lag");
        request.Headers.Add("X-API-Key", DemoData.AcmeKey);
        using HttpResponseMessage other = await metering.Client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
        Assert.Empty(await database.QueryAsync($"SELECT 1 FROM metering.api_key WHERE hash = '{DemoData.AcmeKey}'"));

        await database.QueryAsync("UPDATE metering.api_key SET revoked_at = now() WHERE tenant_id = 1");
        await Until.TrueAsync("a revoked key that is refused", async () =>
            (await metering.SendAsync(HttpMethod.Get, "/v1/lag")).Status == HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_full_queue_refuses_and_takes_in_again_when_the_database_moves()
    {
        await using UsageDatabase database = await UsageDatabase.CreateAsync(postgres);
        await using HostedMetering metering = await HostedMetering.StartAsync(
            database.Settings with { Queue = 5000, Profiles = Metering.Hosting.Profiles.K6 });
        Task<(HttpStatusCode Status, JsonElement Body, HttpResponseMessage)> batch;
        await using (await database.HoldAsync("LOCK TABLE metering.event_key"))
        {
            batch = metering.PostBatchAsync(HostedMetering.Array([.. Enumerable.Range(0, 5000).Select(i => HostedMetering.Event($"b{i}", Now))]));
            await database.UntilSomebodyWaitsAsync();
            (HttpStatusCode status, _, HttpResponseMessage response) = await metering.PostAsync(HostedMetering.Event("one-too-many", Now));
            Assert.Equal((HttpStatusCode.TooManyRequests, "1"), (status, response.Headers.RetryAfter!.ToString()));
            Assert.Equal(HttpStatusCode.TooManyRequests, (await metering.PostBatchAsync(HostedMetering.Array(HostedMetering.Event("two", Now)))).Status);
            Assert.False(batch.IsCompleted);
        }

        Assert.Equal(5000, (await batch).Body.GetProperty("processed").GetInt32());
        Assert.Equal(HttpStatusCode.Created, (await metering.PostAsync(HostedMetering.Event("one-too-many", Now))).Status);
        string metrics = await metering.Client.GetStringAsync("/actuator/prometheus", TestContext.Current.CancellationToken);
        Assert.Contains("\nmetering_events_ingested_total 5001\n", metrics, StringComparison.Ordinal);
        Assert.Contains("\nmetering_events_refused_total 2\n", metrics, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_database_the_answer_is_503_and_health_says_so()
    {
        await using UsageDatabase database = await UsageDatabase.CreateAsync(postgres);
        await using HostedMetering metering = await HostedMetering.LaunchAsync(
            database.Settings with { Database = "Host=127.0.0.1;Port=1;Timeout=1;Username=x" });
        (HttpStatusCode status, _, HttpResponseMessage response) = await metering.PostAsync(HostedMetering.Event("e", Now));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        Assert.NotNull(response.Headers.RetryAfter);
        (status, JsonElement body, _) = await metering.SendAsync(HttpMethod.Get, "/actuator/health");
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "DOWN"), (status, body.GetProperty("status").GetString()));
        Assert.Equal(HttpStatusCode.OK, (await metering.SendAsync(HttpMethod.Get, "/livez")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await metering.SendAsync(HttpMethod.Get, "/nothing")).Status);
    }
}

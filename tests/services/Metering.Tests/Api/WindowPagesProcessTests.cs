using System.Net;
using System.Text.Json;
using EvenKeel.TestServers;
using Metering.Tests.Instances;

namespace Metering.Tests.Api;

[Trait("Category", "Process")]
public class WindowPagesProcessTests(PostgresServer postgres) : IClassFixture<PostgresServer>
{
    private const string Span = "from=2020-01-01T00:00:00Z&to=2020-01-02T00:00:00Z";

    // Twenty customers with windows at one start and half of them at the next, three revisions each; tenant 11 is another one.
    private const string Fill = """
        INSERT INTO evenkeel_windows.state (stream, partition, start, closes_at, is_closed, revision)
        SELECT 'usage', tenant || ':c' || i, start, start, true, 3
        FROM generate_series(1, 20) i, (VALUES (1), (11)) AS t(tenant), (VALUES ('2020-01-01 10:00Z'::timestamptz), ('2020-01-01 10:00:30Z')) AS w(start)
        WHERE i % 2 = 0 OR start < '2020-01-01 10:00:30Z';
        INSERT INTO evenkeel_windows.revision (stream, partition, start, key, revision, fence, result, is_current)
        SELECT stream, partition, start, 'total', n, n, '{}', n = 3 FROM evenkeel_windows.state, generate_series(1, 3) n;
        """;

    [Theory]
    [InlineData("current", 1, 30)]
    [InlineData("current", 7, 30)]
    [InlineData("current", 30, 30)]
    [InlineData("all", 1, 90)]
    [InlineData("all", 4, 90)]
    public async Task Page_after_page_shows_every_row_once_however_many_windows_begin_at_one_moment(string revisions, int limit, int rows)
    {
        await using UsageDatabase database = await UsageDatabase.CreateAsync(postgres);
        await using HostedMetering metering = await HostedMetering.StartAsync(database.Settings);
        await database.QueryAsync(Fill);
        string path = $"/v1/windows?{Span}&revisions={revisions}";
        string[] wanted = [.. Rows((await metering.SendAsync(HttpMethod.Get, path)).Body)];
        Assert.Equal(rows, wanted.Length);

        var shown = new List<string>();
        string? next = null;
        do
        {
            string place = next is null ? "" : $"&after={next}";
            (HttpStatusCode status, JsonElement page, _) = await metering.SendAsync(HttpMethod.Get, $"{path}&limit={limit}{place}");
            Assert.Equal(HttpStatusCode.OK, status);
            shown.AddRange(Rows(page));
            next = page.TryGetProperty("next", out JsonElement after) ? after.GetString() : null;
            Assert.Equal(next is not null, page.GetProperty("truncated").GetBoolean());
        }
        while (next is not null && shown.Count <= rows);

        Assert.Equal(wanted, shown);
    }

    [Fact]
    public async Task A_span_may_begin_with_time_itself_and_a_place_that_is_none_is_refused()
    {
        await using UsageDatabase database = await UsageDatabase.CreateAsync(postgres);
        await using HostedMetering metering = await HostedMetering.StartAsync(database.Settings);
        foreach (string query in new[] { "to=0001-01-01T00:30:00Z", "from=0001-01-01T00:00:00Z&to=9999-12-31T23:59:59.9999999Z" })
        {
            Assert.Equal(HttpStatusCode.OK, (await metering.SendAsync(HttpMethod.Get, $"/v1/windows?{query}")).Status);
        }

        const string moment = "2020-01-01T10:00:00.000000Z";
        foreach (string query in new[] { "to=0001-01-01T00:00:00Z", "after=", "after=x", $"after={moment}~a%20b~1", $"after={moment}~a~-1" })
        {
            Assert.Equal(HttpStatusCode.BadRequest, (await metering.SendAsync(HttpMethod.Get, $"/v1/windows?{query}")).Status);
        }
    }

    private static IEnumerable<string> Rows(JsonElement page) => page.GetProperty("windows").EnumerateArray().Select(row =>
        $"{row.GetProperty("windowStart").GetString()} {row.GetProperty("customerId").GetString()} {row.GetProperty("revision").GetInt32()}");
}

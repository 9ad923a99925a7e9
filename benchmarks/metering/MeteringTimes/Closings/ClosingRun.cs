using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Measure;
using MeteringTimes.Audits;
using MeteringTimes.Events;
using MeteringTimes.Loads;
using MeteringTimes.Processes;
using MeteringTimes.Rungs;

namespace MeteringTimes.Closings;

/// <summary>
/// How long after the grace of a window it is closed, seen from outside, on two instances: 5 and 5,000 customers, and 5 under load. And how long after the
/// acknowledgement of a late event its revision is there.
/// </summary>
/// <param name="bench">What all rungs share.</param>
/// <param name="instances">Two instances with windows of <see cref="Window"/> and <see cref="Grace"/>.</param>
/// <param name="rate">Requests a second of the load.</param>
internal sealed class ClosingRun(Bench bench, IReadOnlyList<Server> instances, Func<double> rate)
{
    public const string Subject = "two instances";
    public static readonly TimeSpan Window = TimeSpan.FromSeconds(5);
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);
    private const int LateEvents = 20;
    private const int Many = 5000;
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Few customers and nothing else to do, then late events for them.</summary>
    public async Task RunFewAsync(ResultTable? table, int seed)
    {
        await bench.Served.ClearAsync();
        var feed = new Feed(Population.Hot, 0, seed);
        var start = await BeginAsync();
        await SendAsync(feed, [.. Enumerable.Range(0, Population.Hot.Customers.Count)], start);
        var delay = await ClosedAsync(start, Population.Hot.Customers.Count);
        var late = new List<double>();
        for (var i = 0; i < LateEvents; i++)
        {
            late.Add(await ReviseAsync(feed, i % Population.Hot.Customers.Count, start, 2 + (i / Population.Hot.Customers.Count)));
        }

        await LedgerAudit.RunAsync(bench.Served, [feed], Window);
        table?.Add("close-5", Subject, "ms after the grace", delay);
        table?.Add("late", Subject, "ms to the revision, median", late.Order().ElementAt(LateEvents / 2));
        table?.Add("late", Subject, "ms to the revision, longest", late.Max());
    }

    /// <summary>Thousands of customers, each with an event.</summary>
    public async Task RunManyAsync(ResultTable? table, int seed)
    {
        await bench.Served.ClearAsync();
        var feed = new Feed(Population.Zipf, 0, seed);
        var start = await BeginAsync();
        await SendAsync(feed, [.. Enumerable.Range(0, Many)], start);
        await EndedAsync(start);
        var service = instances.Select(one => one.Id).ToArray();
        var (ofService, ofPostgres) = (bench.Clock.Of(service), bench.Clock.Of(bench.PostgresId));
        var delay = await ClosedAsync(start, Many);
        (ofService, ofPostgres) = (bench.Clock.Of(service) - ofService, bench.Clock.Of(bench.PostgresId) - ofPostgres);
        await LedgerAudit.RunAsync(bench.Served, [feed], Window);
        table?.Add("close-5000", Subject, "ms after the grace", delay);
        table?.Add("close-5000", Subject, $"{Bench.Service} CPU ms", ofService.TotalMilliseconds);
        table?.Add("close-5000", Subject, $"{Bench.Postgres} CPU ms", ofPostgres.TotalMilliseconds);
    }

    /// <summary>Few customers, while single events come in at a rate below saturation.</summary>
    public async Task RunLoadedAsync(ResultTable? table, int seed)
    {
        await bench.Served.ClearAsync();
        var feed = new Feed(Population.Hot, 0, seed);
        await using var load = new HttpLoad(bench.Loop, instances[0].Address, feed, users: 350, perRequest: 1, rate());
        await load.StartAsync();

        // Its first window may have begun before the load.
        var start = await BeginAsync() + Window;
        var delay = await ClosedAsync(start, Population.Hot.Customers.Count);
        await load.StopAsync();
        await bench.Served.SettleAsync(() => Task.CompletedTask);
        await LedgerAudit.RunAsync(bench.Served, [feed], Window);
        table?.Add("close-loaded", Subject, "ms after the grace", delay);
    }

    // Waits for the beginning of a window, with a little time to spare for the clocks.
    private static async Task<DateTime> BeginAsync()
    {
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        var start = now.AddTicks(Window.Ticks - (now.Ticks % Window.Ticks));
        await Task.Delay(start - now + TimeSpan.FromMilliseconds(50), TimeProvider.System, CancellationToken.None);
        return start;
    }

    private async Task SendAsync(Feed feed, IReadOnlyList<int> customers, DateTime start)
    {
        var json = new StringBuilder("[");
        var bytes = new byte[SampleJson.MostBytes];
        List<Sample> samples = [.. customers.Select(customer => feed.Next(start.AddMilliseconds(1), out _) with { Customer = customer })];
        foreach (var sample in samples)
        {
            json.Append(json.Length > 1 ? "," : "").Append(Encoding.UTF8.GetString(bytes, 0, SampleJson.Write(sample, feed.Population, bytes)));
        }

        await PostAsync("/v1/events:batch", json.Append(']').ToString(), HttpStatusCode.OK);
        samples.ForEach(feed.Acknowledge);
    }

    private async Task PostAsync(string path, string body, HttpStatusCode expected)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Fleet.Key);
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await http.PostAsync(new Uri($"http://{instances[0].Address}{path}"), content);
        if (answer.StatusCode != expected)
        {
            throw new BenchmarkException($"{path} answered with {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
        }
    }

    // Waits for the end of a window's grace.
    private static async Task<DateTime> EndedAsync(DateTime start)
    {
        var end = start + Window + Grace;
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        await Task.Delay(end > now ? end - now : TimeSpan.Zero, TimeProvider.System, CancellationToken.None);
        return end;
    }

    // In milliseconds of the database's clock, which decides when a window is due; to about 5 ms and the time of the question.
    private async Task<double> ClosedAsync(DateTime start, int windows)
    {
        var end = await EndedAsync(start);
        await UntilAsync($"SELECT 1 WHERE NOT EXISTS (SELECT FROM evenkeel_windows.state WHERE stream = 'usage' AND NOT is_closed AND closes_at = '{end:O}')");
        var delay = await bench.Served.NumberAsync($"SELECT extract(epoch FROM clock_timestamp() - timestamptz '{end:O}') * 1000");
        var closed = await bench.Served.NumberAsync($"SELECT count(*) FROM evenkeel_windows.state WHERE is_closed AND start = '{start:O}'");
        return closed == windows ? delay : throw new BenchmarkException($"{closed} windows were closed, not {windows}");
    }

    private async Task<double> ReviseAsync(Feed feed, int customer, DateTime start, int revision)
    {
        var sample = feed.Next(start.AddMilliseconds(2), out _) with { Customer = customer };
        var bytes = new byte[SampleJson.MostBytes];
        await PostAsync("/api/v1/events", Encoding.UTF8.GetString(bytes, 0, SampleJson.Write(sample, feed.Population, bytes)), HttpStatusCode.Created);
        var acknowledged = TimeProvider.System.GetTimestamp();
        feed.Acknowledge(sample);
        await UntilAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"SELECT 1 FROM evenkeel_windows.revision WHERE start = '{start:O}' AND partition = '{Population.Tenant}:{feed.Population.Customers[customer]}' "
            + $"AND is_current AND revision = {revision}"));
        return TimeProvider.System.GetElapsedTime(acknowledged).TotalMilliseconds;
    }

    private async Task UntilAsync(string sql)
    {
        for (var since = TimeProvider.System.GetTimestamp(); ;)
        {
            await using (var command = bench.Served.Source.CreateCommand(sql))
            {
                if (await command.ExecuteScalarAsync() is not null)
                {
                    return;
                }
            }

            if (TimeProvider.System.GetElapsedTime(since) > Patience)
            {
                throw new BenchmarkException($"after {Patience.TotalSeconds:0} s there is still not: {sql}");
            }

            await Task.Delay(Look, TimeProvider.System, CancellationToken.None);
        }
    }
}

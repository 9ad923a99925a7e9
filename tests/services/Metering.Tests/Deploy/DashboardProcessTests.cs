using System.Net;
using EvenKeel.State.Options;
using EvenKeel.TestServers;
using Metering.Hosting;
using Metering.Tests.Instances;

namespace Metering.Tests.Deploy;

/// <summary>The dashboard on a real Prometheus, which scrapes a real instance that counts events, with PostgreSQL and Redis.</summary>
[Trait("Category", "Process")]
public class DashboardProcessTests(PostgresServer postgres) : IClassFixture<PostgresServer>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_expression_asks_for_metrics_that_an_instance_has_and_gets_a_result_from_Prometheus()
    {
        await using UsageDatabase database = await UsageDatabase.CreateAsync(postgres);
        await using RedisServer redis = await RedisServer.StartAsync();
        MeteringSettings settings = database.Settings with { Redis = StateConnectionString.Parse($"redis://{redis.Address}") };
        await using HostedMetering instance = await HostedMetering.StartAsync(settings);
        await using PrometheusServer prometheus = await PrometheusServer.StartAsync(Scraping(instance.Client.BaseAddress!.Authority));
        DateTime now = TimeProvider.System.GetUtcNow().UtcDateTime;
        foreach (string body in Enumerable.Range(0, 5).Select(i => HostedMetering.Event($"e{i}", now)))
        {
            Assert.Equal(HttpStatusCode.Created, (await instance.PostAsync(body)).Status);
            Assert.Equal(HttpStatusCode.OK, (await instance.PostAsync(body)).Status);
        }

        // The lock of a window is first asked for when one is closed.
        await database.UntilSettledAsync();
        string page = await instance.Client.GetStringAsync("/metrics", Token);
        (string Panel, string Expression)[] expressions = Dashboard.Expressions();
        Assert.True(expressions.Length >= 10, "the panels were not found");
        foreach ((string panel, string expression) in expressions)
        {
            // Prometheus makes this one itself, of each target.
            string[] metrics = [.. PromExpression.Metrics(expression).Where(metric => metric != "up")];
            Assert.All(metrics, metric => Assert.True(PromExpression.IsIn(page, metric), $"'{panel}' asks for {metric}, which /metrics does not have"));
        }

        foreach ((string panel, string expression) in expressions)
        {
            await Until.TrueAsync($"a result of '{panel}', {expression}", async () =>
            {
                (int series, string? error) = await prometheus.QueryAsync(expression);
                Assert.True(error is null, $"'{panel}', {expression}: {error}");
                return series > 0;
            });
        }
    }

    [Fact]
    public async Task Prometheus_refuses_an_expression_that_is_wrong()
    {
        await using PrometheusServer prometheus = await PrometheusServer.StartAsync("scrape_configs: []");
        Assert.Equal((1, null), await prometheus.QueryAsync("vector(1)"));
        Assert.Equal((0, null), await prometheus.QueryAsync("no_such_metric"));
        foreach (string wrong in new[] { "sum by (", "rate(a_total)", "sums(a)" })
        {
            Assert.Contains("parse error", (await prometheus.QueryAsync(wrong)).Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Promtool_accepts_the_configuration_of_Prometheus_and_refuses_one_with_an_unknown_key()
    {
        Tool.Need("/usr/bin/promtool", "prometheus");
        string deployed = DeployFiles.PathOf("prometheus/prometheus.yml");
        (int code, _, string error) = await Tool.RunAsync("/usr/bin/promtool", DeployFiles.Root, "check", "config", deployed);
        Assert.True(code == 0, error);

        string wrong = Path.GetTempFileName();
        try
        {
            string text = DeployFiles.Read("prometheus/prometheus.yml").Replace("scrape_interval", "scrap_interval", StringComparison.Ordinal);
            await File.WriteAllTextAsync(wrong, text, Token);
            (code, _, error) = await Tool.RunAsync("/usr/bin/promtool", DeployFiles.Root, "check", "config", wrong);
            Assert.NotEqual(0, code);
            Assert.Contains("scrap_interval", error, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(wrong);
        }
    }

    // The configuration as it is deployed, so that its job and labels are those of the expressions; both targets are the one instance.
    private static string Scraping(string address)
    {
        string text = DeployFiles.Read("prometheus/prometheus.yml");
        Assert.Contains("'app1:8080'", text, StringComparison.Ordinal);
        return text.Replace("app1:8080", address, StringComparison.Ordinal).Replace("app2:8080", address, StringComparison.Ordinal);
    }
}

namespace Metering.Tests.Deploy;

/// <summary>The dashboard, its data source, and how a test reads expressions.</summary>
public class DashboardTests
{
    [Fact]
    public void Every_panel_asks_the_data_source_that_is_provisioned()
    {
        string provisioned = DeployFiles.Read("grafana/provisioning/datasources/prometheus.yaml");
        Assert.NotEmpty(Dashboard.Sources());
        Assert.All(Dashboard.Sources(), panel => Assert.Contains($"uid: {panel.Source},", provisioned, StringComparison.Ordinal));
    }

    [Fact]
    public void Grafana_looks_for_dashboards_where_Compose_mounts_them()
    {
        string[] mounts = ComposeFile.List(ComposeFile.Read().Services["grafana"], "volumes");
        string target = mounts.Single(mount => mount.StartsWith("../grafana/dashboards:", StringComparison.Ordinal)).Split(':')[1];
        Assert.Contains($"path: {target} ", DeployFiles.Read("grafana/provisioning/dashboards/metering.yaml"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("up", "up")]
    [InlineData("""sum(up{job="a", b="c_total"})""", "up")]
    [InlineData("sum by (instance) (rate(a_total[1m])) / ignoring(instance) group_left sum(rate(b_total[1m]))", "a_total b_total")]
    [InlineData("histogram_quantile(0.99, sum by (le) (rate(c_seconds_bucket[5m])))", "c_seconds_bucket")]
    [InlineData("sum(a) by (le) > 1e3 * b:c offset", "a b:c offset")]
    public void The_metrics_of_an_expression_are_found(string expression, string metrics) =>
        Assert.Equal(metrics.Split(' '), PromExpression.Metrics(expression).Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("a_total", true)]
    [InlineData("b_total", true)]
    [InlineData("a", false)]
    [InlineData("c_total", false)]
    public void A_metric_is_in_a_page_only_with_a_sample(string metric, bool isIn) =>
        Assert.Equal(isIn, PromExpression.IsIn("# TYPE c_total counter\na_total 1\nb_total{x=\"y\"} 2\n", metric));
}

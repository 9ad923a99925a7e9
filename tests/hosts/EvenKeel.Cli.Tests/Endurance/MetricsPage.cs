using System.Globalization;

namespace EvenKeel.Cli.Tests.Endurance;

/// <summary>The metrics of a gateway that runs.</summary>
internal sealed class MetricsPage(HttpClient http, Uri url)
{
    /// <summary>A series by its name and labels; 0 when it is not there.</summary>
    public async Task<double> ValueAsync(string series)
    {
        var text = await http.GetStringAsync(url, TestContext.Current.CancellationToken);
        var line = text.Split('\n').FirstOrDefault(line => line.StartsWith(series + " ", StringComparison.Ordinal));
        return line is null ? 0 : double.Parse(line.AsSpan(series.Length + 1), CultureInfo.InvariantCulture);
    }

    public async Task<bool> IsAsync(string instance, string state)
        => await ValueAsync($"evenkeel_instance_state{{service=\"web\",instance=\"{instance}\",state=\"{state}\"}}") > 0;

    public Task<double> ActiveAsync(string instance) => ValueAsync($"evenkeel_instance_active_requests{{service=\"web\",instance=\"{instance}\"}}");

    public Task<double> RetriesAsync() => ValueAsync("evenkeel_gateway_retries_total{reason=\"endpoint_failed\"}");

    public Task<double> TruncatedAsync() => ValueAsync("evenkeel_gateway_truncated_responses_total");
}

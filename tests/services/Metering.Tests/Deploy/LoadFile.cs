using System.Globalization;
using System.Text.RegularExpressions;
using EvenKeel.Configuration;
using EvenKeel.Configuration.Model;

namespace Metering.Tests.Deploy;

/// <summary>What <c>deploy/metering/load.yaml</c> says, in the words of k6.</summary>
internal static partial class LoadFile
{
    public static LoadOptions Read()
    {
        ConfigurationResult result = ConfigurationLoader.Load(DeployFiles.PathOf("metering/load.yaml"), new Dictionary<string, string>());
        Assert.Empty(result.Diagnostics);
        return result.Cluster!.Load!;
    }

    /// <summary>The stages of a profile: seconds and users.</summary>
    public static string Stages(LoadProfileOptions profile) =>
        string.Join(' ', profile.Stages.Select(stage => string.Create(CultureInfo.InvariantCulture, $"{stage.Duration.TotalSeconds}s:{stage.Users}")));

    /// <summary>A threshold, such as <c>http_req_duration p(95)&lt;500</c> for <c>p95&lt;500ms</c>.</summary>
    public static string Threshold(string text)
    {
        Match match = Thresholds().Match(text);
        Assert.True(match.Success, $"the threshold '{text}' has no known counterpart in k6");
        decimal value = decimal.Parse(match.Groups["value"].Value, CultureInfo.InvariantCulture);
        string percentile = match.Groups["percentile"].Value;
        return match.Groups["unit"].Value switch
        {
            "ms" => string.Create(CultureInfo.InvariantCulture, $"http_req_duration p({percentile})<{value}"),
            "s" => string.Create(CultureInfo.InvariantCulture, $"http_req_duration p({percentile})<{value * 1000}"),
            "%" => string.Create(CultureInfo.InvariantCulture, $"http_req_failed rate<{value / 100}"),
            _ => string.Create(CultureInfo.InvariantCulture, $"http_reqs rate>{value}"),
        };
    }

    /// <summary>What kind of event a request sends: that it repeats one, or its tenant and by how many milliseconds its time is off.</summary>
    public static string Kind(LoadOptions load, RequestOptions request, long now)
    {
        if (request.Repeats is not null)
        {
            return load.Requests.Single(other => other.Name == request.Repeats).Body == request.Body ? "repeated" : "repeated with another body";
        }

        Match match = Times().Match(request.Body ?? "");
        Assert.True(match.Success, $"the time or the tenant of '{request.Name}' has a form that this test does not know");
        long seconds = match.Groups["seconds"] is { Success: true } group ? long.Parse(group.Value, CultureInfo.InvariantCulture) : 0;
        long shift = match.Groups["boundary"] is { Success: true } window
            ? -(now % (1000 * long.Parse(window.Value, CultureInfo.InvariantCulture)))
            : seconds * 1000;
        return Kind(match.Groups["tenant"].Value == "1" ? "acme" : "techstart", shift);
    }

    public static string Kind(string tenant, long shift) => string.Create(CultureInfo.InvariantCulture, $"{tenant} {shift} ms");

    [GeneratedRegex(@"^(p(?<percentile>\d+)<(?<value>[\d.]+)(?<unit>ms|s)|errors<(?<value>[\d.]+)(?<unit>%)|rate>(?<value>[\d.]+)/s)$")]
    private static partial Regex Thresholds();

    [GeneratedRegex("""
        "timestamp": "\{(now(?<seconds>[-+]\d+)?s?|boundary:(?<boundary>\d+)s)\}", "tenantId": "(?<tenant>[12])"
        """)]
    private static partial Regex Times();
}

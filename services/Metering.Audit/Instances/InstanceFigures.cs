using System.Globalization;

namespace Metering.Audit.Instances;

/// <summary>What one instance counted since it was started.</summary>
/// <param name="Address">Where it is.</param>
/// <param name="Served">Events that it answered.</param>
/// <param name="Closed">Windows that it closed.</param>
/// <param name="Contention">Windows that it left to the holder of their lock.</param>
internal sealed record InstanceFigures(Uri Address, double Served, double Closed, double Contention)
{
    /// <summary>Reads its metrics.</summary>
    public static async Task<InstanceFigures> ReadAsync(HttpClient http, Uri address, CancellationToken cancellationToken)
    {
        var text = await http.GetStringAsync(new Uri(address, "/metrics"), cancellationToken);
        return new InstanceFigures(
            address,
            Sum(text, "metering_events_ingested_total") + Sum(text, "metering_events_duplicates_total") + Sum(text, "metering_events_conflicts_total"),
            Sum(text, "metering_aggregation_windows_processed_total"),
            Sum(text, "metering_lock_contention_total"));
    }

    /// <summary>The sum of a metric over its labels.</summary>
    internal static double Sum(string text, string name) => text.Split('\n')
        .Where(line => line.StartsWith(name, StringComparison.Ordinal) && line.Length > name.Length && line[name.Length] is ' ' or '{')
        .Sum(line => double.Parse(
            line[(line.LastIndexOf('}') + 1)..].Trim().Split(' ')[line.Contains('{', StringComparison.Ordinal) ? 0 : ^1], CultureInfo.InvariantCulture));
}

using System.Globalization;
using System.Text.Json;
using Metering.Audit.Ledgers;

namespace Metering.Audit.Windows;

/// <summary>What a window adds up to.</summary>
internal sealed class WindowTotals
{
    public long Calls { get; set; }

    public long Tokens { get; set; }

    public long InputTokens { get; set; }

    public long OutputTokens { get; set; }

    public long Latency { get; private set; }

    public long Latencies { get; private set; }

    /// <summary>The mean latency in milliseconds; null when no event has one.</summary>
    public double? AverageLatency { get; set; }

    public Dictionary<string, Counts> ByEndpoint { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, Counts> ByModel { get; } = new(StringComparer.Ordinal);

    /// <summary>Reads what the service says of a window.</summary>
    public static WindowTotals Read(JsonElement data)
    {
        var totals = new WindowTotals
        {
            Calls = data.GetProperty("totalCalls").GetInt64(),
            Tokens = data.GetProperty("totalTokens").GetInt64(),
            InputTokens = data.GetProperty("totalInputTokens").GetInt64(),
            OutputTokens = data.GetProperty("totalOutputTokens").GetInt64(),
            AverageLatency = data.GetProperty("avgLatencyMs") is { ValueKind: JsonValueKind.Number } average ? average.GetDouble() : null,
        };
        Fill(totals.ByEndpoint, data.GetProperty("byEndpoint"));
        Fill(totals.ByModel, data.GetProperty("byModel"));
        return totals;
    }

    /// <summary>Adds an event.</summary>
    public void Add(Usage usage)
    {
        Calls++;
        Tokens += usage.Tokens;
        InputTokens += usage.InputTokens;
        OutputTokens += usage.OutputTokens;
        if (usage.Latency is { } latency)
        {
            Latency += latency;
            Latencies++;
            AverageLatency = (double)Latency / Latencies;
        }

        Add(ByEndpoint, usage.Endpoint, usage.Tokens);
        if (usage.Model is { } model)
        {
            Add(ByModel, model, usage.Tokens);
        }
    }

    /// <summary>What differs from another, in words; empty when nothing does.</summary>
    /// <param name="served">What the service says.</param>
    public IEnumerable<string> DifferencesFrom(WindowTotals served)
    {
        foreach (var (name, wanted, got) in new[]
        {
            ("totalCalls", Calls, served.Calls), ("totalTokens", Tokens, served.Tokens),
            ("totalInputTokens", InputTokens, served.InputTokens), ("totalOutputTokens", OutputTokens, served.OutputTokens),
        })
        {
            if (wanted != got)
            {
                yield return string.Create(CultureInfo.InvariantCulture, $"{name} is {got}, the ledger says {wanted}");
            }
        }

        // The service rounds to microseconds.
        if (Math.Abs((AverageLatency ?? 0) - (served.AverageLatency ?? 0)) > 0.0011)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"avgLatencyMs is {served.AverageLatency}, the ledger says {AverageLatency:0.###}");
        }

        foreach (var difference in Differences("byEndpoint", ByEndpoint, served.ByEndpoint).Concat(Differences("byModel", ByModel, served.ByModel)))
        {
            yield return difference;
        }
    }

    private static IEnumerable<string> Differences(string what, Dictionary<string, Counts> wanted, Dictionary<string, Counts> got) =>
        from name in wanted.Keys.Union(got.Keys).Order(StringComparer.Ordinal)
        let ours = wanted.GetValueOrDefault(name)
        let theirs = got.GetValueOrDefault(name)
        where ours != theirs
        select string.Create(
            CultureInfo.InvariantCulture,
            $"{what} {name} is {theirs.Calls} calls, {theirs.Tokens} tokens, the ledger says {ours.Calls} calls, {ours.Tokens} tokens");

    private static void Fill(Dictionary<string, Counts> counts, JsonElement map)
    {
        foreach (var entry in map.EnumerateObject())
        {
            counts[entry.Name] = new Counts(entry.Value.GetProperty("calls").GetInt64(), entry.Value.GetProperty("tokens").GetInt64());
        }
    }

    private static void Add(Dictionary<string, Counts> counts, string name, long tokens)
    {
        var before = counts.GetValueOrDefault(name);
        counts[name] = new Counts(before.Calls + 1, before.Tokens + tokens);
    }
}

using System.Globalization;
using Metering.Audit.Ledgers;
using Metering.Audit.Windows;

namespace Metering.Audit.Comparisons;

/// <summary>Recomputes the windows from a ledger and compares them with those of the service.</summary>
internal sealed class Comparison
{
    private readonly Dictionary<WindowKey, WindowTotals> _wanted = [];
    private readonly Dictionary<WindowKey, List<Usage>> _unknown = [];

    /// <param name="ledger">What was acknowledged.</param>
    /// <param name="length">The length of a window.</param>
    public Comparison(Ledger ledger, TimeSpan length)
    {
        foreach (var usage in ledger.Acknowledged)
        {
            var key = KeyOf(usage, length);
            if (!_wanted.TryGetValue(key, out var totals))
            {
                _wanted[key] = totals = new WindowTotals();
            }

            totals.Add(usage);
        }

        foreach (var usage in ledger.Unknown)
        {
            var key = KeyOf(usage, length);
            if (!_unknown.TryGetValue(key, out var events))
            {
                _unknown[key] = events = [];
            }

            events.Add(usage);
        }
    }

    /// <summary>The windows that the ledger knows.</summary>
    public IReadOnlyCollection<WindowKey> Windows => _wanted.Keys;

    /// <summary>The first and the last window that the service may have.</summary>
    public (DateTime First, DateTime Last) Range
    {
        get
        {
            var starts = _wanted.Keys.Concat(_unknown.Keys).Select(key => key.Start).ToList();
            return (starts.Min(), starts.Max());
        }
    }

    /// <summary>What does not agree, a line for each window.</summary>
    public IReadOnlyList<string> Compare(IReadOnlyList<ServedWindow> served)
    {
        var findings = new List<string>();
        var byKey = served.GroupBy(window => window.Key).ToDictionary(group => group.Key, group => group.OrderBy(window => window.Revision).ToList());
        foreach (var key in _wanted.Keys.Where(key => !byKey.ContainsKey(key)).OrderBy(key => key.Start))
        {
            findings.Add(string.Create(CultureInfo.InvariantCulture, $"{key}: missing; {_wanted[key].Calls} acknowledged events are in no window"));
        }

        foreach (var (key, revisions) in byKey.OrderBy(pair => pair.Key.Start))
        {
            findings.AddRange(Compare(key, revisions).Select(what => $"{key}: {what}"));
        }

        return findings;
    }

    private static WindowKey KeyOf(Usage usage, TimeSpan length) =>
        new(usage.Tenant, usage.Customer, usage.Time.AddTicks(-((usage.Time - DateTime.UnixEpoch).Ticks % length.Ticks)));

    private IEnumerable<string> Compare(WindowKey key, List<ServedWindow> revisions)
    {
        if (!_wanted.ContainsKey(key) && !_unknown.ContainsKey(key))
        {
            return ["the service has it, and the ledger has no event in it: somebody else sent events, or a ledger is missing"];
        }

        if (revisions.Exists(window => !window.IsClosed))
        {
            return ["it is still open"];
        }

        var current = revisions.FindAll(window => window.IsCurrent);
        if (current.Count != 1)
        {
            return [string.Create(CultureInfo.InvariantCulture, $"{current.Count} revisions are current, not one")];
        }

        if (revisions.Select((window, i) => window.Revision == i + 1).Contains(false))
        {
            return [$"its revisions are {string.Join(", ", revisions.Select(window => window.Revision))}, not 1 to {revisions.Count}"];
        }

        if (current[0].Revision != revisions.Count || current[0].Totals is not { } totals)
        {
            return ["the current revision is not the last one, or has no data"];
        }

        return Judge(_wanted.GetValueOrDefault(key) ?? new WindowTotals(), _unknown.GetValueOrDefault(key) ?? [], totals);
    }

    // Nobody knows which of the unknown events were taken; with them a window has bounds, without them one value.
    private static IEnumerable<string> Judge(WindowTotals wanted, List<Usage> unknown, WindowTotals served)
    {
        if (unknown.Count == 0)
        {
            return wanted.DifferencesFrom(served);
        }

        var tokens = unknown.Sum(usage => usage.Tokens);
        return served.Calls < wanted.Calls || served.Calls > wanted.Calls + unknown.Count
            || served.Tokens < wanted.Tokens || served.Tokens > wanted.Tokens + tokens
            ? [string.Create(
                CultureInfo.InvariantCulture,
                $"totalCalls is {served.Calls} and totalTokens {served.Tokens}; with {unknown.Count} events of unknown outcome the ledger allows "
                + $"{wanted.Calls} to {wanted.Calls + unknown.Count} and {wanted.Tokens} to {wanted.Tokens + tokens}")]
            : [];
    }
}

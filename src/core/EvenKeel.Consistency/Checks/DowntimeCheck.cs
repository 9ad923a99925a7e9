using EvenKeel.Consistency.Histories;

namespace EvenKeel.Consistency.Checks;

/// <summary>
/// Finds the windows without service from probes, by the time each was intended, so that a stalled service cannot hide behind late probes. A window
/// opens at the intended time of the first of <see cref="CheckSettings.ProbesToOpen"/> bad probes in a row and closes at that of the first of
/// <see cref="CheckSettings.ProbesToClose"/> good ones. Nothing shorter than so many intervals can be seen.
/// </summary>
internal sealed class DowntimeCheck
{
    private readonly CheckSettings settings;
    private readonly List<Operation> probes;
    private readonly List<DowntimeWindow> windows = [];

    private DowntimeCheck(History history, CheckSettings settings)
    {
        this.settings = settings;
        probes = [.. history.Operations
            .Where(static o => o.Kind == OperationKind.Probe && o.Phase != OperationPhase.CleanUp)
            .OrderBy(static o => o.Intended).ThenBy(static o => o.Index)];
    }

    public static DowntimeResult Check(History history, CheckSettings settings)
    {
        var check = new DowntimeCheck(history, settings);
        check.FindWindows();
        return check.Result();
    }

    private void FindWindows()
    {
        var bad = new List<Operation>();
        var good = new List<Operation>();
        var open = false;
        foreach (var probe in probes)
        {
            var isGood = probe.Outcome == OperationOutcome.Ok;
            if (!open)
            {
                if (isGood)
                {
                    bad.Clear();
                    continue;
                }

                bad.Add(probe);
                open = bad.Count >= settings.ProbesToOpen;
                good.Clear();
                continue;
            }

            if (!isGood)
            {
                bad.Add(probe);
                good.Clear();
                continue;
            }

            good.Add(probe);
            if (good.Count >= settings.ProbesToClose)
            {
                Close(bad, good[0].Intended, true);
                bad.Clear();
                open = false;
            }
        }

        if (open)
        {
            Close(bad, probes[^1].Intended, false);
        }
    }

    private void Close(List<Operation> bad, TimeSpan end, bool closed)
    {
        var start = bad[0].Intended;
        windows.Add(new DowntimeWindow
        {
            Start = start,
            End = end,
            Closed = closed,
            Probes = [.. bad.Select(static probe => probe.Index)],
            Causes = [.. settings.Faults.Where(fault => fault.Start <= end && (fault.End ?? TimeSpan.MaxValue) >= start).Select(static fault => fault.Name)],
        });
    }

    private TimeSpan LongestGap()
    {
        if (probes.Count == 0)
        {
            return TimeSpan.Zero;
        }

        var longest = TimeSpan.Zero;
        var last = probes[0].Intended;
        foreach (var probe in probes)
        {
            if (probe.Outcome == OperationOutcome.Ok || probe == probes[^1])
            {
                longest = probe.Intended - last > longest ? probe.Intended - last : longest;
                last = probe.Intended;
            }
        }

        return longest;
    }

    private DowntimeResult Result()
    {
        var total = windows.Aggregate(TimeSpan.Zero, static (sum, window) => sum + window.Length);
        var longest = windows.Count == 0 ? TimeSpan.Zero : windows.Max(static window => window.Length);
        var bad = probes.Count(static probe => probe.Outcome != OperationOutcome.Ok);
        var gap = LongestGap();
        var over = windows.Where(window => settings.MaxDowntime is { } limit && window.Length > limit).ToList();
        var (status, summary) = Judge(over.Count, longest);
        return new DowntimeResult
        {
            Name = CheckNames.Downtime,
            Subject = CheckSubject.Service,
            Status = status,
            Summary = summary,
            Advice = status == CheckStatus.Violated
                ? "Keep more instances ready than can fail at once, make them start faster, and let the gateway take a dead one out (and retry safe requests) at once."
                : null,
            Examined = probes.Count,
            Findings = [.. over.OrderByDescending(static window => window.Length).Take(settings.MaxFindings).Select(Tell)],
            FindingCount = over.Count,
            Measures =
            [
                new("windows", windows.Count),
                new("longest window", longest.TotalMilliseconds, "ms"),
                new("downtime in all", total.TotalMilliseconds, "ms"),
                new("longest gap between successes", gap.TotalMilliseconds, "ms"),
                new("probes", probes.Count),
                new("bad probes", bad),
                new("resolution", settings.ProbeInterval.TotalMilliseconds, "ms"),
            ],
            Windows = windows,
            LongestSuccessGap = gap,
            Resolution = settings.ProbeInterval,
            Total = total,
        };
    }

    private (CheckStatus Status, string Summary) Judge(int over, TimeSpan longest)
    {
        var resolution = $"(to {Telling.Length(settings.ProbeInterval)} either way)";
        if (probes.Count < settings.ProbesToOpen)
        {
            return settings.MaxDowntime is null
                ? (CheckStatus.Skipped, "Downtime was not measured: there were no probes.")
                : (CheckStatus.Inconclusive, $"{Telling.Count(probes.Count, "probe")} cannot show downtime; at least {settings.ProbesToOpen} are needed.");
        }

        var found = windows.Count == 0
            ? $"No downtime in {Telling.Count(probes.Count, "probe")} {resolution}."
            : $"{Telling.Count(windows.Count, "window")} of downtime, the longest {Telling.Length(longest)} {resolution}"
                + (windows[^1].Closed ? "." : "; the last was still open when the run ended.");
        if (settings.MaxDowntime is not { } limit)
        {
            return (CheckStatus.Skipped, $"{found} Measured, not judged.");
        }

        if (over > 0)
        {
            return (CheckStatus.Violated, limit == TimeSpan.Zero ? found : $"{found} Allowed: {Telling.Length(limit)}.");
        }

        return windows.Count > 0 && !windows[^1].Closed
            ? (CheckStatus.Inconclusive, $"{found} It had not yet lasted the {Telling.Length(limit)} allowed.")
            : (CheckStatus.Passed, found);
    }

    private Finding Tell(DowntimeWindow window)
    {
        var cause = window.Causes.Count > 0
            ? $"during {Telling.Join(window.Causes)}"
            : "with no fault at the time";
        var end = window.Closed ? $"until {Telling.Moment(window.End)}" : "until the run ended";
        return new Finding
        {
            Sentence = $"No service for {Telling.Length(window.Length)}, from {Telling.Moment(window.Start)} {end}, {cause}: {Telling.Count(window.Probes.Count, "probe")} failed.",
            Operations = [.. window.Probes.Take(settings.MaxFindings)],
            At = window.Start,
        };
    }
}

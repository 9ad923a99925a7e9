using EvenKeel.Consistency.Histories;

namespace EvenKeel.Consistency.Checks;

/// <summary>
/// Finds the windows without service from probes, by the time each was intended, so that a stalled service cannot hide behind late probes. A window
/// opens at the intended time of the first of <see cref="CheckSettings.ProbesToOpen"/> bad probes in a row and closes at that of the first of
/// <see cref="CheckSettings.ProbesToClose"/> good ones. Nothing shorter than so many intervals can be seen.
/// </summary>
internal sealed class DowntimeCheck
{
    private readonly CheckSettings _settings;
    private readonly List<Operation> _probes;
    private readonly List<DowntimeWindow> _windows = [];

    private DowntimeCheck(History history, CheckSettings settings)
    {
        _settings = settings;
        _probes = [.. history.Operations
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
        foreach (var probe in _probes)
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
                open = bad.Count >= _settings.ProbesToOpen;
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
            if (good.Count >= _settings.ProbesToClose)
            {
                Close(bad, good[0].Intended, true);
                bad.Clear();
                open = false;
            }
        }

        if (open)
        {
            Close(bad, _probes[^1].Intended, false);
        }
    }

    private void Close(List<Operation> bad, TimeSpan end, bool closed)
    {
        var start = bad[0].Intended;
        _windows.Add(new DowntimeWindow
        {
            Start = start,
            End = end,
            Closed = closed,
            Probes = [.. bad.Select(static probe => probe.Index)],
            Causes = [.. _settings.Faults.Where(fault => fault.Start <= end && (fault.End ?? TimeSpan.MaxValue) >= start).Select(static fault => fault.Name)],
        });
    }

    private TimeSpan LongestGap()
    {
        if (_probes.Count == 0)
        {
            return TimeSpan.Zero;
        }

        var longest = TimeSpan.Zero;
        var last = _probes[0].Intended;
        foreach (var probe in _probes)
        {
            if (probe.Outcome == OperationOutcome.Ok || probe == _probes[^1])
            {
                longest = probe.Intended - last > longest ? probe.Intended - last : longest;
                last = probe.Intended;
            }
        }

        return longest;
    }

    private DowntimeResult Result()
    {
        var total = _windows.Aggregate(TimeSpan.Zero, static (sum, window) => sum + window.Length);
        var longest = _windows.Count == 0 ? TimeSpan.Zero : _windows.Max(static window => window.Length);
        var bad = _probes.Count(static probe => probe.Outcome != OperationOutcome.Ok);
        var gap = LongestGap();
        var over = _windows.Where(window => _settings.MaxDowntime is { } limit && window.Length > limit).ToList();
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
            Examined = _probes.Count,
            Findings = [.. over.OrderByDescending(static window => window.Length).Take(_settings.MaxFindings).Select(Tell)],
            FindingCount = over.Count,
            Measures =
            [
                new("windows", _windows.Count),
                new("longest window", longest.TotalMilliseconds, "ms"),
                new("downtime in all", total.TotalMilliseconds, "ms"),
                new("longest gap between successes", gap.TotalMilliseconds, "ms"),
                new("probes", _probes.Count),
                new("bad probes", bad),
                new("resolution", _settings.ProbeInterval.TotalMilliseconds, "ms"),
            ],
            Windows = _windows,
            LongestSuccessGap = gap,
            Resolution = _settings.ProbeInterval,
            Total = total,
        };
    }

    private (CheckStatus Status, string Summary) Judge(int over, TimeSpan longest)
    {
        var resolution = $"(to {Telling.Length(_settings.ProbeInterval)} either way)";
        if (_probes.Count < _settings.ProbesToOpen)
        {
            return _settings.MaxDowntime is null
                ? (CheckStatus.Skipped, "Downtime was not measured: there were no probes.")
                : (CheckStatus.Inconclusive, $"{Telling.Count(_probes.Count, "probe")} cannot show downtime; at least {_settings.ProbesToOpen} are needed.");
        }

        var found = _windows.Count == 0
            ? $"No downtime in {Telling.Count(_probes.Count, "probe")} {resolution}."
            : $"{Telling.Count(_windows.Count, "window")} of downtime, the longest {Telling.Length(longest)} {resolution}"
                + (_windows[^1].Closed ? "." : "; the last was still open when the run ended.");
        if (_settings.MaxDowntime is not { } limit)
        {
            return (CheckStatus.Skipped, $"{found} Measured, not judged.");
        }

        if (over > 0)
        {
            return (CheckStatus.Violated, limit == TimeSpan.Zero ? found : $"{found} Allowed: {Telling.Length(limit)}.");
        }

        return _windows.Count > 0 && !_windows[^1].Closed
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
            Operations = [.. window.Probes.Take(_settings.MaxFindings)],
            At = window.Start,
        };
    }
}

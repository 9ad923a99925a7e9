using System.Numerics;
using EvenKeel.Consistency.Histories;
using EvenKeel.Consistency.Sightings;

namespace EvenKeel.Consistency.Checks;

/// <summary>
/// Asked one by one after everything has settled, all instances must show the same elements.
/// 1. Replay the direct lists of the final phase by end time, keeping the newest of each instance, and note since when all have agreed.
/// 2. Judge the newest of each instance: every element that some show and some lack is a finding.
/// </summary>
internal sealed class DivergenceCheck
{
    private readonly HistoryIndex _index;
    private readonly CheckSettings _settings;
    private readonly SortedDictionary<string, ReadView> _newest = new(StringComparer.Ordinal);
    private readonly FindingList _findings;
    private readonly int _examined;
    private TimeSpan? _agreedAfter;

    private DivergenceCheck(HistoryIndex index, CheckSettings settings)
    {
        _index = index;
        _settings = settings;
        _findings = new FindingList(settings.MaxFindings);
        var direct = index.Lists.Where(static read => read.Operation is { Direct: true, Instance: not null, Phase: OperationPhase.Final })
            .OrderBy(static read => read.Operation.End).ThenBy(static read => read.Operation.Index).ToList();
        _examined = direct.Count;
        Replay(direct);
    }

    public static DivergenceResult Check(HistoryIndex index, CheckSettings settings)
    {
        var check = new DivergenceCheck(index, settings);
        return check.Result(check.Compare());
    }

    private IEnumerable<string> Unanswered => _settings.Instances.Where(name => !_newest.ContainsKey(name));

    // 1.
    private void Replay(List<ReadView> direct)
    {
        foreach (var read in direct)
        {
            _newest[read.Operation.Instance!] = read;
            var agree = _newest.Count > 1 && !Unanswered.Any() && _newest.Values.All(other => Same(other.Subjects, read.Subjects));
            _agreedAfter = agree ? _agreedAfter ?? read.Operation.End - direct.Min(static first => first.Operation.Sent) : null;
        }
    }

    private static bool Same(ElementSet one, ElementSet other)
    {
        if (one.Count != other.Count)
        {
            return false;
        }

        for (var i = 0; i < Math.Max(one.WordCount, other.WordCount); i++)
        {
            if (one.Word(i) != other.Word(i))
            {
                return false;
            }
        }

        return true;
    }

    // 2.
    private Dictionary<string, InstanceContent> Compare()
    {
        var contents = _newest.ToDictionary(static pair => pair.Key, static pair => new InstanceContent
        {
            Instance = pair.Key,
            Read = pair.Value.Operation.Index,
            Count = pair.Value.Subjects.Count,
        });
        var missing = _newest.Keys.ToDictionary(static name => name, static _ => new List<string>());
        var width = _newest.Values.Select(static read => read.Subjects.WordCount).DefaultIfEmpty().Max();
        for (var i = 0; i < width; i++)
        {
            var all = _newest.Values.Aggregate(ulong.MaxValue, (bits, read) => bits & read.Subjects.Word(i));
            var any = _newest.Values.Aggregate(0UL, (bits, read) => bits | read.Subjects.Word(i));
            for (var differing = any & ~all; differing != 0; differing &= differing - 1)
            {
                var subject = (i << 6) + BitOperations.TrailingZeroCount(differing);
                _findings.Add(() => Tell(subject));
                foreach (var (name, read) in _newest)
                {
                    if (!read.Subjects.Contains(subject))
                    {
                        Note(contents, missing[name], name, subject);
                    }
                }
            }
        }

        return contents;
    }

    private void Note(Dictionary<string, InstanceContent> contents, List<string> names, string instance, int subject)
    {
        if (names.Count < _settings.MaxFindings)
        {
            names.Add(_index.Map.Name(subject));
        }

        contents[instance] = contents[instance] with { MissingCount = contents[instance].MissingCount + 1, Missing = names };
    }

    private Finding Tell(int subject)
    {
        var with = _newest.Where(pair => pair.Value.Subjects.Contains(subject)).ToList();
        var without = _newest.Where(pair => !pair.Value.Subjects.Contains(subject)).ToList();
        var name = _index.Map.Name(subject);
        var add = _index.Map.Adds.GetValueOrDefault(subject)?[0];
        var origin = add switch
        {
            null => "",
            { Outcome: OperationOutcome.Ok } => $", acknowledged by {Telling.Of(add)},",
            { Outcome: OperationOutcome.Unknown } => $", sent by {Telling.Of(add)} with unknown outcome,",
            _ => $", refused in {Telling.Of(add)},",
        };
        var operations = with.Concat(without).Select(static pair => pair.Value.Operation.Index);
        return new Finding
        {
            Sentence = $"'{name}'{origin} is on {Telling.Join([.. with.Select(static pair => pair.Key)])} but not on {Telling.Join([.. without.Select(static pair => pair.Key)])}.",
            Operations = add is null ? [.. operations] : [add.Index, .. operations],
            At = without[0].Value.Operation.Sent,
            Element = name,
            Instances = [.. _newest.Keys],
        };
    }

    private DivergenceResult Result(Dictionary<string, InstanceContent> contents)
    {
        var silent = Unanswered.ToList();
        var (status, summary) = Judge(silent);
        return new DivergenceResult
        {
            Name = CheckNames.Divergence,
            Subject = CheckSubject.Data,
            Status = status,
            Summary = summary,
            Advice = status switch
            {
                CheckStatus.Violated => "Each instance keeps something of its own: move what is added to a store that all instances share, or see that every change reaches every instance.",
                CheckStatus.Inconclusive => "See that every instance can be reached at its own address when the proof ends.",
                _ => null,
            },
            Examined = _examined,
            Findings = _findings.Listed,
            FindingCount = _findings.Count,
            Measures =
            [
                new("instances", _newest.Count),
                new("differing elements", _findings.Count),
                .. _agreedAfter is { } after ? (Measure[])[new("agreed after", after.TotalMilliseconds, "ms")] : [],
            ],
            Instances = [.. contents.Values.Concat(silent.Select(static name => new InstanceContent { Instance = name }))
                .OrderBy(static one => one.Instance, StringComparer.Ordinal)],
            AgreedAfter = _agreedAfter,
            DifferingElements = _findings.Count,
        };
    }

    private (CheckStatus Status, string Summary) Judge(List<string> silent)
    {
        if (_findings.Count > 0)
        {
            return (CheckStatus.Violated,
                $"{Telling.Count(_findings.Count, "element")} {(_findings.Count == 1 ? "is" : "are")} on some instances but not on all, "
                + "and they never agreed.");
        }

        if (silent.Count > 0)
        {
            return (CheckStatus.Inconclusive, $"{Telling.Join(silent)} gave no direct answer at the end, so whether all agree is not known.");
        }

        if (_settings.Instances.Count == 1)
        {
            return (CheckStatus.Skipped, "One instance cannot disagree with another.");
        }

        return _newest.Count < 2
            ? (CheckStatus.Inconclusive, "Fewer than two instances gave a direct answer at the end, so whether they agree is not known.")
            : (CheckStatus.Passed, $"{Telling.Join([.. _newest.Keys])} show the same {Telling.Count(_newest.Values.First().Subjects.Count, "element")}.");
    }
}

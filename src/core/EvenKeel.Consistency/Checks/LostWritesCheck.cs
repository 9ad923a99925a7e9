using EvenKeel.Consistency.Histories;
using EvenKeel.Consistency.Sightings;

namespace EvenKeel.Consistency.Checks;

/// <summary>
/// No element that was acknowledged, or once shown, may be absent from all last reads. The last reads are the last answered list of each
/// instance, and through the gateway, in the final phase; an element shown by one of them is not lost (whether all agree is divergence). A history
/// without final reads is judged by its last list, if that began after the element was last shown: a loss seen there is a loss, but
/// seeing none proves nothing. An unknown add is never lost; when it is shown later it counts as recovered.
/// </summary>
internal static class LostWritesCheck
{
    private const int FinalReadsTold = 4;

    public static CheckResult Check(HistoryIndex index, CheckSettings settings)
    {
        var final = LastReads(index);
        var last = final.Count > 0 ? final : [.. index.Lists.TakeLast(1)];
        var findings = new FindingList(settings.MaxFindings);
        var tally = new WriteTally();
        for (var subject = 0; subject < index.Map.Count; subject++)
        {
            tally.Count(index, subject);
            if (index.KnownBy[subject] is not { } known)
            {
                continue;
            }

            var later = last.FindAll(read => read.Operation.Sent > known.End);
            if (later.Count == 0)
            {
                tally.NeverRead++;
            }
            else if (IsShown(index, subject, last, final.Count > 0))
            {
                tally.Stable++;
            }
            else
            {
                findings.Add(() => Tell(index, subject, known, later));
            }
        }

        return Result(index, tally, findings, final.Count > 0);
    }

    private static List<ReadView> LastReads(HistoryIndex index) =>
        [.. index.Lists.Where(static read => read.Operation.Phase == OperationPhase.Final)
            .GroupBy(static read => (read.Operation.Instance, read.Operation.Direct))
            .Select(static group => group.Last())
            .OrderBy(static read => read.Operation.Index)];

    private static bool IsShown(HistoryIndex index, int subject, List<ReadView> last, bool final)
    {
        var showing = index.LastShowing[subject];
        return final
            ? last.Exists(read => read.Subjects.Contains(subject)) || showing is { Kind: OperationKind.Get, Phase: OperationPhase.Final }
            : showing is not null && last.TrueForAll(read => read.Operation.Sent <= showing.End);
    }

    private static Finding Tell(HistoryIndex index, int subject, Operation known, List<ReadView> later)
    {
        var name = index.Map.Name(subject);
        var last = index.LastShowing[subject];
        var lastWords = last is null ? "no read ever showed it" : $"it was last shown by {Telling.Of(last)} at {Telling.Moment(last.Sent)}";
        var absent = later.Take(FinalReadsTold).Select(static read => read.Operation).ToList();
        var operations = new List<Operation>();
        if (known.Kind != OperationKind.Add && index.Map.Adds.TryGetValue(subject, out var adds))
        {
            operations.Add(adds[0]);
        }

        operations.Add(known);
        if (last is not null && last != known)
        {
            operations.Add(last);
        }

        operations.AddRange(absent);
        return new Finding
        {
            Sentence = $"'{name}' was {Telling.Known(known)} at {Telling.Moment(known.End)}; {lastWords}; "
                + $"it is absent from {Telling.Join([.. absent.Select(Telling.Of)])}.",
            Operations = [.. operations.Select(static operation => operation.Index)],
            At = known.End,
            Element = name,
            Instances = Telling.Instances(operations),
        };
    }

    private static CheckResult Result(HistoryIndex index, WriteTally tally, FindingList findings, bool final)
    {
        var (status, summary) = (findings.Count, final, tally.Stable) switch
        {
            ( > 0, _, _) => (CheckStatus.Violated,
                $"{Telling.Count(findings.Count, "acknowledged or once shown element")} {(findings.Count == 1 ? "is" : "are")} lost, of {tally.Known} known."),
            (_, _, 0) => (CheckStatus.Inconclusive, "No element was both acknowledged and read afterwards, so no loss could have been seen."),
            (_, false, _) => (CheckStatus.Inconclusive, "No last read was answered after the load, so a loss at the end could not have been seen."),
            _ => (CheckStatus.Passed, $"All {Telling.Count(tally.Stable, "known element")} are still there at the end."),
        };
        return new CheckResult
        {
            Name = CheckNames.LostWrites,
            Subject = CheckSubject.Data,
            Status = status,
            Summary = summary,
            Advice = status == CheckStatus.Violated
                ? "Answer an add only after the element is in storage that outlives the instance and that all instances share."
                : status == CheckStatus.Inconclusive ? "Let the proof run longer, or look why the final reads were not answered." : null,
            Examined = index.Map.Adds.Values.Sum(static adds => adds.Count) + index.Lists.Length,
            Findings = findings.Listed,
            FindingCount = findings.Count,
            Measures =
            [
                new("acknowledged", tally.Acknowledged),
                new("stable", tally.Stable),
                new("lost", findings.Count),
                new("never read", tally.NeverRead),
                new("unknown", tally.Unknown),
                new("recovered", tally.Recovered),
                new("refused but shown", tally.RefusedButShown),
            ],
        };
    }
}

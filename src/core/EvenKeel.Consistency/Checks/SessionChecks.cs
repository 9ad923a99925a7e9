using EvenKeel.Consistency.Histories;
using EvenKeel.Consistency.Sightings;

namespace EvenKeel.Consistency.Checks;

/// <summary>
/// The two guarantees of a session that a set can show (Terry et al., Session guarantees for weakly consistent replicated data, 1994): it sees what
/// it added itself (read your writes), and keeps seeing what it has seen (monotonic reads). An operation counts for a read of the session when it
/// ended before the read was sent. Sessions are walked one by one with two masks, so memory does not grow with their number.
/// </summary>
internal sealed class SessionChecks
{
    private readonly HistoryIndex _index;
    private readonly FindingList _unread;
    private readonly FindingList _backwards;
    private readonly ElementMask _own;
    private readonly ElementMask _seen;
    private readonly Dictionary<int, Operation> _origin = [];
    private int _ownReads;
    private int _laterReads;

    private SessionChecks(HistoryIndex index, CheckSettings settings)
    {
        _index = index;
        _unread = new FindingList(settings.MaxFindings);
        _backwards = new FindingList(settings.MaxFindings);
        _own = new ElementMask(index.Map.Count);
        _seen = new ElementMask(index.Map.Count);
    }

    /// <summary>The results of read-your-writes and of monotonic-reads.</summary>
    public static (CheckResult ReadYourWrites, CheckResult MonotonicReads) Check(HistoryIndex index, CheckSettings settings)
    {
        var check = new SessionChecks(index, settings);
        var views = index.Lists.ToDictionary(static read => read.Operation.Index);
        var sessions = index.History.Operations
            .Where(static o => o is { Outcome: OperationOutcome.Ok, Direct: false } && o.Phase != OperationPhase.CleanUp
                && (o.IsRead || o.Kind == OperationKind.Add))
            .GroupBy(static o => o.Session);
        foreach (var session in sessions)
        {
            check.Walk([.. session], views);
        }

        return (check.ReadYourWritesResult(), check.MonotonicReadsResult());
    }

    private void Walk(List<Operation> session, Dictionary<int, ReadView> views)
    {
        _own.Clear();
        _seen.Clear();
        _origin.Clear();
        var ended = new Queue<Operation>(session.OrderBy(static o => o.End).ThenBy(static o => o.Index));
        var anyOwn = false;
        var anySeen = false;
        foreach (var read in session.Where(static o => o.IsRead).OrderBy(static o => o.Sent).ThenBy(static o => o.Index))
        {
            while (ended.TryPeek(out var before) && before.End < read.Sent)
            {
                Learn(ended.Dequeue(), views, ref anyOwn, ref anySeen);
            }

            _ownReads += anyOwn ? 1 : 0;
            _laterReads += anySeen ? 1 : 0;
            if (read.Kind == OperationKind.List && views.TryGetValue(read.Index, out var view))
            {
                JudgeList(session, view, views);
            }
            else if (read.Kind == OperationKind.Get && _index.Reading(read) is (var subject, false))
            {
                JudgeMiss(session, read, subject, views);
            }
        }
    }

    private void Learn(Operation before, Dictionary<int, ReadView> views, ref bool anyOwn, ref bool anySeen)
    {
        if (before.Kind == OperationKind.Add)
        {
            if (_index.Map.Of(before) is { } added)
            {
                _own.Add(added);
                _origin.TryAdd(added, before);
                anyOwn = true;
            }
        }
        else if (before.Kind == OperationKind.List)
        {
            if (views.TryGetValue(before.Index, out var view))
            {
                _seen.Add(view.Subjects);
                anySeen |= view.Subjects.Count > 0;
            }
        }
        else if (_index.Reading(before) is (var subject, true))
        {
            _seen.Add(subject);
            anySeen = true;
        }
    }

    private void JudgeList(List<Operation> session, ReadView read, Dictionary<int, ReadView> views)
    {
        if (_own.HasMissingFrom(read.Subjects))
        {
            var missing = _own.MissingFrom(read.Subjects).ToList();
            _unread.Add(() => TellUnread(read.Operation, missing[0], missing.Count));
        }

        if (_seen.HasMissingFrom(read.Subjects))
        {
            _backwards.Add(() =>
            {
                var missing = _seen.MissingFrom(read.Subjects).ToList();
                return TellBackwards(session, read.Operation, missing[0], missing.Count, views);
            });
        }
    }

    private void JudgeMiss(List<Operation> session, Operation read, int subject, Dictionary<int, ReadView> views)
    {
        if (_own.Contains(subject))
        {
            _unread.Add(() => TellUnread(read, subject, 1));
        }

        if (_seen.Contains(subject))
        {
            _backwards.Add(() => TellBackwards(session, read, subject, 1, views));
        }
    }

    private Finding TellUnread(Operation read, int subject, int count)
    {
        var add = _origin[subject];
        var name = _index.Map.Name(subject);
        return new Finding
        {
            Sentence = $"{Telling.Of(read)} misses '{name}'{More(count)}, which the same session had added in {Telling.Of(add)}, "
                + $"acknowledged {Telling.Length(read.Sent - add.End)} before.",
            Operations = [add.Index, read.Index],
            At = read.Sent,
            Element = name,
            Instances = Telling.Instances(add, read),
        };
    }

    private Finding TellBackwards(List<Operation> session, Operation read, int subject, int count, Dictionary<int, ReadView> views)
    {
        var before = session.Where(o => o.IsRead && o.End < read.Sent && Shows(o, subject, views)).MaxBy(static o => o.Sent)!;
        var name = _index.Map.Name(subject);
        return new Finding
        {
            Sentence = $"{Telling.Of(read)} misses '{name}'{More(count)}, which {Telling.Of(before)} had shown to the same session "
                + $"{Telling.Length(read.Sent - before.End)} before.",
            Operations = [before.Index, read.Index],
            At = read.Sent,
            Element = name,
            Instances = Telling.Instances(before, read),
        };
    }

    private bool Shows(Operation read, int subject, Dictionary<int, ReadView> views) => read.Kind == OperationKind.List
        ? views.TryGetValue(read.Index, out var view) && view.Subjects.Contains(subject)
        : _index.Reading(read) == (subject, true);

    private static string More(int count) => count > 1 ? $" and {count - 1} more" : "";

    private CheckResult ReadYourWritesResult() => Result(
        CheckNames.ReadYourWrites,
        _unread,
        _ownReads,
        $"{Telling.Count(_unread.Count, "read")} of {_ownReads} missed what the same session had added.",
        $"In {Telling.Count(_ownReads, "read")} every session saw what it had added.",
        "No session read after an add of its own was acknowledged.",
        "Let all instances read one store, or send a session to the instance that took its writes (and know that this ends when the instance does).");

    private CheckResult MonotonicReadsResult() => Result(
        CheckNames.MonotonicReads,
        _backwards,
        _laterReads,
        $"{Telling.Count(_backwards.Count, "read")} of {_laterReads} missed what the same session had been shown before.",
        $"In {Telling.Count(_laterReads, "read")} no session lost sight of an element.",
        "No session read again after it had been shown an element.",
        "Let all instances read one store; affinity hides this until an instance is lost.");

    private static CheckResult Result(string name, FindingList findings, int examined, string violated, string passed, string open, string advice)
    {
        var (status, summary) = (findings.Count, examined) switch
        {
            ( > 0, _) => (CheckStatus.Violated, violated),
            (_, 0) => (CheckStatus.Inconclusive, open),
            _ => (CheckStatus.Passed, passed),
        };
        return new CheckResult
        {
            Name = name,
            Subject = CheckSubject.Data,
            Status = status,
            Summary = summary,
            Advice = status == CheckStatus.Violated ? advice : null,
            Examined = examined,
            Findings = findings.Listed,
            FindingCount = findings.Count,
            Measures = [new("reads examined", examined), new("violations", findings.Count)],
        };
    }
}

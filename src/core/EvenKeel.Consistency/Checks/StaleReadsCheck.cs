using System.Numerics;
using EvenKeel.Consistency.Histories;
using EvenKeel.Consistency.Sightings;

namespace EvenKeel.Consistency.Checks;

/// <summary>
/// No read may miss an element that was known (acknowledged, or shown by a completed read) before it began and that a later read shows. A miss
/// that no later read heals is a lost write instead. Reads past the gateway are witnesses, not offenders.
/// 1. Walk the lists by start, with one mask of the subjects that are known by then and will be shown later.
/// 2. What the mask has and the list lacks is stale; the oldest such subject says how stale. Words whose subjects are all younger than the oldest
///    found so far are skipped, so a list costs one word operation per 64 elements, however many it misses.
/// 3. Judge the gets one by one.
/// </summary>
internal sealed class StaleReadsCheck
{
    private readonly HistoryIndex index;
    private readonly ElementMask expected;
    private readonly TimeSpan[] oldestOfWord;
    private readonly int[] byKnown;
    private readonly int[] byLastShown;
    private readonly List<StaleRead> stale = [];
    private int nextKnown;
    private int nextGone;
    private int examined;

    private StaleReadsCheck(HistoryIndex index)
    {
        this.index = index;
        expected = new ElementMask(index.Map.Count);
        var subjects = Enumerable.Range(0, index.Map.Count).Where(subject => index.KnownBy[subject] is not null && index.LastShowing[subject] is not null);
        byKnown = [.. subjects.OrderBy(index.KnownAt)];
        byLastShown = [.. byKnown.OrderBy(subject => index.LastShowing[subject]!.Sent)];
        oldestOfWord = new TimeSpan[expected.Words.Length];
        Array.Fill(oldestOfWord, TimeSpan.MaxValue);
        foreach (var subject in byKnown)
        {
            ref var oldest = ref oldestOfWord[subject >> 6];
            oldest = index.KnownAt(subject) < oldest ? index.KnownAt(subject) : oldest;
        }
    }

    public static CheckResult Check(HistoryIndex index, CheckSettings settings)
    {
        var check = new StaleReadsCheck(index);
        check.WalkLists();
        check.JudgeGets();
        return check.Result(settings);
    }

    private void WalkLists()
    {
        // 1.
        foreach (var read in index.Lists)
        {
            var operation = read.Operation;
            while (nextKnown < byKnown.Length && index.KnownAt(byKnown[nextKnown]) < operation.Sent)
            {
                var subject = byKnown[nextKnown++];
                if (index.LastShowing[subject]!.Sent > operation.Sent)
                {
                    expected.Add(subject);
                }
            }

            while (nextGone < byLastShown.Length && index.LastShowing[byLastShown[nextGone]]!.Sent <= operation.Sent)
            {
                expected.Remove(byLastShown[nextGone++]);
            }

            if (operation.Direct)
            {
                continue;
            }

            examined++;
            if (expected.HasMissingFrom(read.Subjects) && OldestMissing(read) is { } oldest)
            {
                Add(operation, oldest);
            }
        }
    }

    // 2.
    private int? OldestMissing(ReadView read)
    {
        int? found = null;
        var foundAt = TimeSpan.MaxValue;
        var words = expected.Words;
        for (var i = 0; i < words.Length; i++)
        {
            if (oldestOfWord[i] >= foundAt)
            {
                continue;
            }

            for (var missing = words[i] & ~read.Subjects.Word(i); missing != 0; missing &= missing - 1)
            {
                var subject = (i << 6) + BitOperations.TrailingZeroCount(missing);
                if (index.KnownAt(subject) < foundAt && index.LastShowing[subject]!.Sent > read.Operation.End)
                {
                    (found, foundAt) = (subject, index.KnownAt(subject));
                }
            }
        }

        return found;
    }

    // 3.
    private void JudgeGets()
    {
        foreach (var get in index.Gets.Where(static get => !get.Direct))
        {
            examined++;
            if (index.Reading(get) is (var subject, false)
                && index.KnownAt(subject) < get.Sent
                && index.LastShowing[subject] is { } later
                && later.Sent > get.End)
            {
                Add(get, subject);
            }
        }
    }

    private void Add(Operation read, int subject) => stale.Add(new StaleRead(read, subject, read.Sent - index.KnownAt(subject)));

    private CheckResult Result(CheckSettings settings)
    {
        var known = byKnown.Length > 0;
        var longest = stale.Count == 0 ? TimeSpan.Zero : stale.Max(static one => one.Age);
        var p99 = stale.Count == 0 ? TimeSpan.Zero : stale.Select(static one => one.Age).Order().ElementAt((int)Math.Ceiling(stale.Count * 0.99) - 1);
        var (status, summary) = (stale.Count, examined, known) switch
        {
            ( > 0, _, _) => (CheckStatus.Violated, $"{Telling.Count(stale.Count, "read")} of {examined} missed an element known before, at worst {Telling.Length(longest)} old."),
            (_, 0, _) => (CheckStatus.Inconclusive, "No read was answered, so no stale one could have been seen."),
            (_, _, false) => (CheckStatus.Inconclusive, "No element was ever shown, so no read could have been found stale."),
            _ => (CheckStatus.Passed, $"None of {Telling.Count(examined, "read")} missed an element known before it began."),
        };
        return new CheckResult
        {
            Name = CheckNames.StaleReads,
            Subject = CheckSubject.Data,
            Status = status,
            Summary = summary,
            Advice = status == CheckStatus.Violated
                ? "Read where the write was acknowledged: let all instances read one store, or answer an add only after every copy has it."
                : null,
            Examined = examined,
            Findings = [.. stale.OrderByDescending(static one => one.Age).ThenBy(static one => one.Read.Index).Take(settings.MaxFindings).Select(Tell)],
            FindingCount = stale.Count,
            Measures =
            [
                new("stale reads", stale.Count),
                new("longest staleness", longest.TotalMilliseconds, "ms"),
                new("p99 staleness", p99.TotalMilliseconds, "ms"),
            ],
        };
    }

    private Finding Tell(StaleRead one)
    {
        var known = index.KnownBy[one.Subject]!;
        var later = index.LastShowing[one.Subject]!;
        var name = index.Map.Name(one.Subject);
        return new Finding
        {
            Sentence = $"{Telling.Of(one.Read)} misses '{name}', which was {Telling.Known(known)} {Telling.Length(one.Age)} before it began; {Telling.Of(later)} shows it again.",
            Operations = [known.Index, one.Read.Index, later.Index],
            At = one.Read.Sent,
            Element = name,
            Instances = Telling.Instances(known, one.Read, later),
        };
    }

    private sealed record StaleRead(Operation Read, int Subject, TimeSpan Age);
}

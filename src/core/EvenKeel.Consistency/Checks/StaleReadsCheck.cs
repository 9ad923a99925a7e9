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
    private readonly HistoryIndex _index;
    private readonly ElementMask _expected;
    private readonly TimeSpan[] _oldestOfWord;
    private readonly int[] _byKnown;
    private readonly int[] _byLastShown;
    private readonly List<StaleRead> _stale = [];
    private int _nextKnown;
    private int _nextGone;
    private int _examined;

    private StaleReadsCheck(HistoryIndex index)
    {
        _index = index;
        _expected = new ElementMask(index.Map.Count);
        var subjects = Enumerable.Range(0, index.Map.Count).Where(subject => index.KnownBy[subject] is not null && index.LastShowing[subject] is not null);
        _byKnown = [.. subjects.OrderBy(index.KnownAt)];
        _byLastShown = [.. _byKnown.OrderBy(subject => index.LastShowing[subject]!.Sent)];
        _oldestOfWord = new TimeSpan[_expected.Words.Length];
        Array.Fill(_oldestOfWord, TimeSpan.MaxValue);
        foreach (var subject in _byKnown)
        {
            ref var oldest = ref _oldestOfWord[subject >> 6];
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
        foreach (var read in _index.Lists)
        {
            var operation = read.Operation;
            while (_nextKnown < _byKnown.Length && _index.KnownAt(_byKnown[_nextKnown]) < operation.Sent)
            {
                var subject = _byKnown[_nextKnown++];
                if (_index.LastShowing[subject]!.Sent > operation.Sent)
                {
                    _expected.Add(subject);
                }
            }

            while (_nextGone < _byLastShown.Length && _index.LastShowing[_byLastShown[_nextGone]]!.Sent <= operation.Sent)
            {
                _expected.Remove(_byLastShown[_nextGone++]);
            }

            if (operation.Direct)
            {
                continue;
            }

            _examined++;
            if (_expected.HasMissingFrom(read.Subjects) && OldestMissing(read) is { } oldest)
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
        var words = _expected.Words;
        for (var i = 0; i < words.Length; i++)
        {
            if (_oldestOfWord[i] >= foundAt)
            {
                continue;
            }

            for (var missing = words[i] & ~read.Subjects.Word(i); missing != 0; missing &= missing - 1)
            {
                var subject = (i << 6) + BitOperations.TrailingZeroCount(missing);
                if (_index.KnownAt(subject) < foundAt && _index.LastShowing[subject]!.Sent > read.Operation.End)
                {
                    (found, foundAt) = (subject, _index.KnownAt(subject));
                }
            }
        }

        return found;
    }

    // 3.
    private void JudgeGets()
    {
        foreach (var get in _index.Gets.Where(static get => !get.Direct))
        {
            _examined++;
            if (_index.Reading(get) is (var subject, false)
                && _index.KnownAt(subject) < get.Sent
                && _index.LastShowing[subject] is { } later
                && later.Sent > get.End)
            {
                Add(get, subject);
            }
        }
    }

    private void Add(Operation read, int subject) => _stale.Add(new StaleRead(read, subject, read.Sent - _index.KnownAt(subject)));

    private CheckResult Result(CheckSettings settings)
    {
        var known = _byKnown.Length > 0;
        var longest = _stale.Count == 0 ? TimeSpan.Zero : _stale.Max(static one => one.Age);
        var p99 = _stale.Count == 0 ? TimeSpan.Zero : _stale.Select(static one => one.Age).Order().ElementAt((int)Math.Ceiling(_stale.Count * 0.99) - 1);
        var (status, summary) = (_stale.Count, _examined, known) switch
        {
            ( > 0, _, _) => (CheckStatus.Violated, $"{Telling.Count(_stale.Count, "read")} of {_examined} missed an element known before, at worst {Telling.Length(longest)} old."),
            (_, 0, _) => (CheckStatus.Inconclusive, "No read was answered, so no stale one could have been seen."),
            (_, _, false) => (CheckStatus.Inconclusive, "No element was ever shown, so no read could have been found stale."),
            _ => (CheckStatus.Passed, $"None of {Telling.Count(_examined, "read")} missed an element known before it began."),
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
            Examined = _examined,
            Findings = [.. _stale.OrderByDescending(static one => one.Age).ThenBy(static one => one.Read.Index).Take(settings.MaxFindings).Select(Tell)],
            FindingCount = _stale.Count,
            Measures =
            [
                new("stale reads", _stale.Count),
                new("longest staleness", longest.TotalMilliseconds, "ms"),
                new("p99 staleness", p99.TotalMilliseconds, "ms"),
            ],
        };
    }

    private Finding Tell(StaleRead one)
    {
        var known = _index.KnownBy[one.Subject]!;
        var later = _index.LastShowing[one.Subject]!;
        var name = _index.Map.Name(one.Subject);
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

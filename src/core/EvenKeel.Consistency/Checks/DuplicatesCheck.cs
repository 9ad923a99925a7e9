using System.Numerics;
using EvenKeel.Consistency.Histories;
using EvenKeel.Consistency.Sightings;

namespace EvenKeel.Consistency.Checks;

/// <summary>
/// No element may be there twice. Four ways to see it:
/// 1. one list shows the same element twice;
/// 2. one list shows one id with two values;
/// 3. one value, sent by an add, is shown under two ids (the add was applied twice, or each instance numbers on its own);
/// 4. two acknowledged adds were given one id.
/// For 2, each list is compared with the one before it of the same instance, so only what is new in it costs a look-up.
/// </summary>
internal sealed class DuplicatesCheck
{
    private readonly HistoryIndex _index;
    private readonly FindingList _findings;
    private readonly Dictionary<string, List<int>> _elementsOfId = [];
    private readonly HashSet<int> _toldRepeats = [];
    private readonly HashSet<string> _toldIds = [];

    private DuplicatesCheck(HistoryIndex index, CheckSettings settings)
    {
        _index = index;
        _findings = new FindingList(settings.MaxFindings);
    }

    public static CheckResult Check(HistoryIndex index, CheckSettings settings)
    {
        var check = new DuplicatesCheck(index, settings);
        check.FindRepeats();
        check.FindSharedIdsInLists();
        check.FindTwoIds();
        check.FindSharedIdsOfAdds();
        return check.Result();
    }

    // 1.
    private void FindRepeats()
    {
        foreach (var read in _index.Lists)
        {
            foreach (var number in read.Operation.Elements!.Repeated)
            {
                if (_toldRepeats.Add(number))
                {
                    _findings.Add(
                        () => Tell(number, [read.Operation], $"{Telling.Of(read.Operation)} shows '{Name(number)}' (id {Id(number)}) more than once."));
                }
            }
        }
    }

    // 2.
    private void FindSharedIdsInLists()
    {
        var ambiguous = new ElementMask(_index.History.Elements.Count);
        for (var number = 0; number < _index.History.Elements.Count; number++)
        {
            var id = Id(number);
            if (!_elementsOfId.TryGetValue(id, out var numbers))
            {
                _elementsOfId.Add(id, numbers = []);
            }

            numbers.Add(number);
            if (numbers.Count > 1)
            {
                ambiguous.Add(number);
                ambiguous.Add(numbers[0]);
            }
        }

        if (_elementsOfId.Count == _index.History.Elements.Count)
        {
            return;
        }

        var before = new Dictionary<string, ElementSet>();
        foreach (var read in _index.Lists)
        {
            var shown = read.Operation.Elements!;
            var instance = read.Operation.Instance ?? "";
            JudgeNew(read.Operation, shown, before.GetValueOrDefault(instance), ambiguous);
            before[instance] = shown;
        }
    }

    private void JudgeNew(Operation read, ElementSet shown, ElementSet? before, ElementMask ambiguous)
    {
        for (var b = 0; b < shown.Blocks.Length; b++)
        {
            var now = shown.Blocks[b];
            var then = before is not null && b < before.Blocks.Length ? before.Blocks[b] : ElementBlock.Empty;
            for (var i = 0; i < ElementBlock.Words && !ReferenceEquals(now, then); i++)
            {
                var word = (b * ElementBlock.Words) + i;
                for (var fresh = now.Bits[i] & ambiguous.Words[word] & ~then.Bits[i]; fresh != 0; fresh &= fresh - 1)
                {
                    JudgeId(read, shown, (word << 6) + BitOperations.TrailingZeroCount(fresh));
                }
            }
        }
    }

    private void JudgeId(Operation read, ElementSet shown, int number)
    {
        var sharing = _elementsOfId[Id(number)];
        var found = sharing.FindIndex(other => other != number && shown.Contains(other));
        if (found >= 0 && _toldIds.Add(Id(number)))
        {
            _findings.Add(() => Tell(number, [read], $"{Telling.Of(read)} shows the id {Id(number)} for both '{Name(sharing[found])}' and '{Name(number)}'."));
        }
    }

    // 3.
    private void FindTwoIds()
    {
        for (var number = 0; number < _index.History.Elements.Count; number++)
        {
            var first = _index.Map.OfElement(number);
            if (first == number)
            {
                continue;
            }

            var one = _index.FirstShowingElement(first);
            var other = _index.FirstShowingElement(number);
            if (one is not null && other is not null)
            {
                var add = _index.Map.Adds[first][0];
                _findings.Add(() => Tell(
                    number,
                    [add, one, other],
                    one == other
                        ? $"{Telling.Of(one)} shows '{Name(number)}' under two ids, {Id(first)} and {Id(number)}; {Telling.Of(add)} had sent it{Times(first)}."
                        : $"{Telling.Of(one)} shows '{Name(number)}' under the id {Id(first)}, {Telling.Of(other)} under the id {Id(number)}; {Telling.Of(add)} had sent it{Times(first)}."));
            }
        }
    }

    // 4.
    private void FindSharedIdsOfAdds()
    {
        var given = new Dictionary<string, Operation>();
        foreach (var add in _index.History.Operations.Where(static o => o is { Kind: OperationKind.Add, Outcome: OperationOutcome.Ok, ElementId: not null }))
        {
            if (!given.TryAdd(add.ElementId!, add) && given[add.ElementId!] is var first && first.Value != add.Value && _toldIds.Add(add.ElementId!))
            {
                _findings.Add(() => new Finding
                {
                    Sentence = $"{Telling.Of(first)} ('{first.Value}') and {Telling.Of(add)} ('{add.Value}') were both given the id {add.ElementId}.",
                    Operations = [first.Index, add.Index],
                    At = add.End,
                    Element = add.ElementId,
                    Instances = Telling.Instances(first, add),
                });
            }
        }
    }

    private string Id(int number) => _index.History.Elements[number].Id;

    private string Name(int number) => _index.History.Elements[number] is var element ? element.Value ?? element.Id : "";

    private string Times(int subject) => _index.Map.Adds[subject].Count switch { 1 => " once", var count => $" {count} times" };

    private Finding Tell(int number, IReadOnlyList<Operation> operations, string sentence) => new()
    {
        Sentence = sentence,
        Operations = [.. operations.Select(static operation => operation.Index).Distinct()],
        At = operations[^1].Sent,
        Element = Name(number),
        Instances = Telling.Instances(operations),
    };

    private CheckResult Result()
    {
        var examined = _index.Lists.Length + _index.Gets.Length;
        var (status, summary) = (_findings.Count, examined, _index.History.Elements.Count) switch
        {
            ( > 0, _, _) => (CheckStatus.Violated,
                $"{Telling.Count(_findings.Count, "element")} {(_findings.Count == 1 ? "is" : "are")} there twice or share an id."),
            (_, 0, _) => (CheckStatus.Inconclusive, "No read was answered, so no duplicate could have been seen."),
            (_, _, 0) => (CheckStatus.Inconclusive, "No read showed an element, so no duplicate could have been seen."),
            _ => (CheckStatus.Passed,
                $"None of {Telling.Count(_index.History.Elements.Count, "element")} is there twice in {Telling.Count(examined, "read")}."),
        };
        return new CheckResult
        {
            Name = CheckNames.Duplicates,
            Subject = CheckSubject.Data,
            Status = status,
            Summary = summary,
            Advice = status == CheckStatus.Violated
                ? "Let the store give out ids, and make adds idempotent (a key from the client, kept with the element) before anything retries them."
                : null,
            Examined = examined,
            Findings = _findings.Listed,
            FindingCount = _findings.Count,
            Measures = [new("elements", _index.History.Elements.Count), new("duplicates", _findings.Count)],
        };
    }
}

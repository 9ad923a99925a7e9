using EvenKeel.Consistency.Histories;

namespace EvenKeel.Consistency.Tests.Simulation;

/// <summary>The definitions of the checks, read plainly: every pair of operations and elements, no bit, no index. Slow, and an opinion of its own.</summary>
internal sealed class PlainReading(History history)
{
    private readonly List<Operation> _lists = [.. history.Operations.Where(static o => o.Kind == OperationKind.List && o.Outcome == OperationOutcome.Ok)];
    private readonly List<Operation> _adds = [.. history.Operations.Where(static o => o.Kind == OperationKind.Add)];
    private readonly Dictionary<int, HashSet<string>> _shown = history.Operations.Where(static o => o.Elements is not null)
        .ToDictionary(static o => o.Index, static o => o.Elements!.Select(static e => e.Value!).ToHashSet());

    private IEnumerable<string> Values => _adds.Select(static add => add.Value!).Concat(_shown.Values.SelectMany(static set => set)).Distinct();

    public HashSet<string> Lost() =>
        [.. Values.Where(value => KnownAt(value) is { } known
            && _lists.Exists(read => read.Phase == OperationPhase.Final && read.Sent > known)
            && !_lists.Exists(read => read.Phase == OperationPhase.Final && Shows(read, value)))];

    public HashSet<int> Stale() =>
        [.. _lists.Where(read => !read.Direct && Values.Any(value => !Shows(read, value)
            && KnownAt(value) is { } known && known < read.Sent
            && _lists.Exists(later => later.Sent > read.End && Shows(later, value)))).Select(static read => read.Index)];

    public HashSet<int> Unread() =>
        [.. _lists.Where(read => !read.Direct && _adds.Exists(add => add.Session == read.Session && add.Outcome == OperationOutcome.Ok
            && add.End < read.Sent && !Shows(read, add.Value!))).Select(static read => read.Index)];

    public HashSet<int> Backwards() =>
        [.. _lists.Where(read => !read.Direct && _lists.Exists(before => before.Session == read.Session && !before.Direct && before.End < read.Sent
            && !_shown[before.Index].IsSubsetOf(_shown[read.Index]))).Select(static read => read.Index)];

    private bool Shows(Operation read, string value) => _shown[read.Index].Contains(value);

    private TimeSpan? KnownAt(string value)
    {
        var times = _adds.Where(add => add.Value == value && add.Outcome == OperationOutcome.Ok).Select(static add => add.End)
            .Concat(_lists.Where(read => Shows(read, value)).Select(static read => read.End)).ToList();
        return times.Count == 0 ? null : times.Min();
    }
}

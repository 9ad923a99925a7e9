namespace EvenKeel.Consistency.Checks;

/// <summary>Counts all findings and keeps the first few.</summary>
internal sealed class FindingList(int limit)
{
    private readonly List<Finding> _listed = [];

    /// <summary>How many were counted.</summary>
    public int Count { get; private set; }

    /// <summary>Those that were kept.</summary>
    public IReadOnlyList<Finding> Listed => _listed;

    /// <summary>Counts a finding, and asks for its words only when there is room to keep it.</summary>
    public void Add(Func<Finding> tell)
    {
        Count++;
        if (_listed.Count < limit)
        {
            _listed.Add(tell());
        }
    }
}

namespace Metering.Audit.Ledgers;

/// <summary>What the files together say: each event once, however often it was sent.</summary>
internal sealed class Ledger
{
    private readonly Dictionary<(string Tenant, string Id), Usage> _acknowledged = [];
    private readonly Dictionary<(string Tenant, string Id), Usage> _unknown = [];

    /// <summary>Operations read.</summary>
    public long Operations { get; private set; }

    /// <summary>Of them, those answered with 409 or another refusal.</summary>
    public long Rejected { get; private set; }

    /// <summary>Acknowledgements of events that had been acknowledged before.</summary>
    public long Duplicates { get; private set; }

    /// <summary>Events that were there already when they were acknowledged for the first time: what told of them before had been lost.</summary>
    public long Recovered { get; private set; }

    /// <summary>Contradictions in the replies, such as an event that was acknowledged as new twice.</summary>
    public List<string> Contradictions { get; } = [];

    /// <summary>Events that were acknowledged.</summary>
    public IReadOnlyCollection<Usage> Acknowledged => _acknowledged.Values;

    /// <summary>Events of which nobody knows whether they were taken.</summary>
    public IEnumerable<Usage> Unknown => _unknown.Where(one => !_acknowledged.ContainsKey(one.Key)).Select(one => one.Value);

    /// <summary>Adds an operation.</summary>
    /// <param name="usage">What was sent.</param>
    /// <param name="outcome">ok, unknown or rejected.</param>
    /// <param name="isNew">Whether the reply said that it was not there before.</param>
    public void Add(Usage usage, string outcome, bool isNew)
    {
        Operations++;
        var key = (usage.Tenant, usage.Id);
        switch (outcome)
        {
            case "unknown":
                _unknown.TryAdd(key, usage);
                return;
            case "rejected":
                Rejected++;
                return;
        }

        Duplicates += isNew ? 0 : 1;
        if (_acknowledged.TryGetValue(key, out var first))
        {
            if (first != usage)
            {
                Contradictions.Add($"event {usage.Id} was acknowledged with two bodies");
            }

            if (isNew && !_unknown.ContainsKey(key))
            {
                Contradictions.Add($"event {usage.Id} was acknowledged as new twice");
            }
        }
        else
        {
            Recovered += isNew ? 0 : 1;
            _acknowledged.Add(key, usage);
        }
    }
}

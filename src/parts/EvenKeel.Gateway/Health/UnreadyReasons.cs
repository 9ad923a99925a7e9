namespace EvenKeel.Gateway.Health;

/// <summary>
/// Decides when it is told why an endpoint was never ready: not before it has had time to start, and once for each reason, so that a server
/// that stays away does not fill the log.
/// </summary>
/// <param name="patience">Failures that are taken for its start, at least 1; the last of them is told.</param>
internal sealed class UnreadyReasons(int patience)
{
    private const int MostReasons = 8;
    private readonly HashSet<string> _told = [];
    private int _failures;

    /// <summary>Counts a failure.</summary>
    /// <returns>True when its reason is to be told.</returns>
    public bool IsNews(string reason)
    {
        _failures = Math.Min(_failures + 1, patience);
        return _failures == patience && _told.Count < MostReasons && _told.Add(reason);
    }
}

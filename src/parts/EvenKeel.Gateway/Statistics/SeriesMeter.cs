namespace EvenKeel.Gateway.Statistics;

/// <summary>What one loop counts for one route or one endpoint. Only the loop writes; a class of status that never occurs costs nothing.</summary>
/// <param name="bounds">The bounds of durations in ticks of the clock.</param>
internal sealed class SeriesMeter(long[] bounds)
{
    /// <summary>The classes of status: 0 for exchanges without one, then 1xx to 5xx.</summary>
    public const int Classes = 6;

    private readonly DurationHistogram?[] _durations = new DurationHistogram?[Classes];
    private long _requestBytes;
    private long _responseBytes;

    /// <summary>Bytes of requests' content.</summary>
    public long RequestBytes => Volatile.Read(ref _requestBytes);

    /// <summary>Bytes of responses' content.</summary>
    public long ResponseBytes => Volatile.Read(ref _responseBytes);

    /// <summary>Counts an exchange.</summary>
    /// <param name="status">Its status, 0 for none.</param>
    /// <param name="ticks">How long it took.</param>
    /// <param name="requestBytes">Bytes of its request's content.</param>
    /// <param name="responseBytes">Bytes of its response's content.</param>
    public void Add(int status, long ticks, long requestBytes, long responseBytes)
    {
        var index = Math.Min(status / 100, Classes - 1);
        (_durations[index] ??= new DurationHistogram()).Add(ticks, bounds);
        _requestBytes += requestBytes;
        _responseBytes += responseBytes;
    }

    /// <summary>The durations of a class, or null when it never occurred.</summary>
    public DurationHistogram? Durations(int statusClass) => Volatile.Read(ref _durations[statusClass]);
}

namespace EvenKeel.Gateway.Statistics;

/// <summary>What was counted for one route or one endpoint, over all loops.</summary>
/// <param name="Service">The service; empty for requests that reached no route.</param>
/// <param name="Name">The route's path or the endpoint's name; empty for requests that reached no route, and for those of the overflow.</param>
/// <param name="IsOverflow">True for the one series that stands for all beyond the limit of series.</param>
/// <param name="Durations">Durations by the first digit of the status; 0 stands for exchanges that ended without one. Absent ones never occurred.</param>
/// <param name="RequestBytes">Bytes of requests' content.</param>
/// <param name="ResponseBytes">Bytes of responses' content.</param>
public sealed record SeriesReading(
    string Service, string Name, bool IsOverflow, IReadOnlyDictionary<int, HistogramReading> Durations, long RequestBytes, long ResponseBytes);

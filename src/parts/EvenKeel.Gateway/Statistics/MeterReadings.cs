namespace EvenKeel.Gateway.Statistics;

/// <summary>What a gateway has counted by route, by endpoint and by loop.</summary>
/// <param name="Routes">By route: whole exchanges.</param>
/// <param name="Endpoints">By endpoint: from the choice of the endpoint that was tried last to the exchange's end.</param>
/// <param name="LoopLag">By loop, in their order: how late its sweeps are, which are due every 50 ms. A timer's precision is 10 ms.</param>
public sealed record MeterReadings(IReadOnlyList<SeriesReading> Routes, IReadOnlyList<SeriesReading> Endpoints, IReadOnlyList<HistogramReading> LoopLag);

namespace EvenKeel.Gateway.Statistics;

/// <summary>All that a gateway counts by route, by endpoint and by loop. Written by the loops with plain increments, read when somebody asks.</summary>
internal sealed class GatewayMeters
{
    /// <summary>The most routes that are counted apart: with six classes of status below 2000 series.</summary>
    public const int MaxRoutes = 330;

    /// <summary>The most endpoints that are counted apart.</summary>
    public const int MaxEndpoints = 330;

    private readonly DurationHistogram[] _lag;

    /// <summary>Makes meters that have counted nothing.</summary>
    public GatewayMeters(int loops, long frequency)
    {
        Frequency = frequency;
        Bounds = DurationHistogram.BoundsIn(frequency);
        Routes = new MeterSet(loops, MaxRoutes, frequency);
        Endpoints = new MeterSet(loops, MaxEndpoints, frequency);
        Unrouted = Routes.Of("", "");
        _lag = [.. Enumerable.Range(0, loops).Select(_ => new DurationHistogram())];
    }

    /// <summary>Ticks of the clock in one second.</summary>
    public long Frequency { get; }

    /// <summary>The bounds of durations in ticks.</summary>
    public long[] Bounds { get; }

    /// <summary>By route: a whole exchange, from the request's head to the response's last byte.</summary>
    public MeterSet Routes { get; }

    /// <summary>By endpoint: from the choice of the endpoint that was tried last.</summary>
    public MeterSet Endpoints { get; }

    /// <summary>Requests that were refused or matched no route, one meter for each loop.</summary>
    public SeriesMeter[] Unrouted { get; }

    /// <summary>How late a loop's sweeps are.</summary>
    public DurationHistogram LagOf(int loop) => _lag[loop];

    /// <summary>What was counted so far.</summary>
    public MeterReadings Read() => new(Routes.Read(), Endpoints.Read(), [.. _lag.Select(one => HistogramReading.Of([one], Frequency))]);
}

namespace EvenKeel.Configuration.Model;

/// <summary>Passive health: an endpoint that fails real requests is taken out for a while.</summary>
public sealed record EjectionOptions
{
    // One list for all, so that equal options are equal records.
    private static readonly IReadOnlyList<int> GatewayStatuses = [502, 503, 504];

    /// <summary>Failures in a row (transport errors, time-outs, <see cref="Statuses"/>) that eject. 0 switches this rule off. Default 5.</summary>
    public int Failures { get; init; } = 5;

    /// <summary>
    /// Statuses of the endpoint that are failures; other statuses from 500 are errors, which may be the doing of one request and count for
    /// <see cref="Ratio"/> alone. Default 502, 503 and 504.
    /// </summary>
    public IReadOnlyList<int> Statuses { get; init; } = GatewayStatuses;

    /// <summary>Failures and errors in percent of the responses of <see cref="Window"/> that eject. 0 switches this rule off. Default 50.</summary>
    public int Ratio { get; init; } = 50;

    /// <summary>Responses that the window must have before the ratio counts. Default 20.</summary>
    public int Volume { get; init; } = 20;

    /// <summary>The window of the ratio. Default 10 s.</summary>
    public TimeSpan Window { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The most endpoints of a service that are ejected at once, in percent, rounded down; one may always be. Default 50.</summary>
    public int Share { get; init; } = 50;

    /// <summary>
    /// Panic: when fewer endpoints of a service than this, in percent of those that were ready once, are well, all of these are used. 0: when none
    /// is. Default 0.
    /// </summary>
    public int Panic { get; init; }

    /// <summary>How long the weight of an endpoint that comes back grows from 10 % to 100 %. Default 10 s.</summary>
    public TimeSpan SlowStart { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Time out of service after the first ejection; it doubles each time. Default 5 s.</summary>
    public TimeSpan First { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The longest ejection. Default 60 s.</summary>
    public TimeSpan Max { get; init; } = TimeSpan.FromSeconds(60);
}

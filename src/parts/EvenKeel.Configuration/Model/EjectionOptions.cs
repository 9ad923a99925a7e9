namespace EvenKeel.Configuration.Model;

/// <summary>Passive health: an endpoint that fails real requests is taken out for a while.</summary>
public sealed record EjectionOptions
{
    /// <summary>Failures in a row (transport errors, time-outs, 502, 503 and 504 of the endpoint) that eject. 0 switches it off. Default 5.</summary>
    public int Failures { get; init; } = 5;

    /// <summary>Time out of service after the first ejection; it doubles each time. Default 5 s.</summary>
    public TimeSpan First { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The longest ejection. Default 60 s.</summary>
    public TimeSpan Max { get; init; } = TimeSpan.FromSeconds(60);
}

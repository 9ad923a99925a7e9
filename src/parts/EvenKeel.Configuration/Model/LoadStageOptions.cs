namespace EvenKeel.Configuration.Model;

/// <summary>One stage of a load: the target is approached in a straight line from the end of the stage before.</summary>
public sealed record LoadStageOptions
{
    /// <summary>How long the stage lasts.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>Open model: requests per second at the end of the stage.</summary>
    public double? Rate { get; init; }

    /// <summary>Closed model: virtual users at the end of the stage, each with one request at a time.</summary>
    public int? Users { get; init; }

    /// <summary>True when the target holds from the stage's beginning instead of being approached. Always so for the first stage.</summary>
    public bool Step { get; init; }
}

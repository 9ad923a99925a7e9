namespace EvenKeel.Consistency.Checks;

/// <summary>A stretch without service.</summary>
public sealed record DowntimeWindow
{
    /// <summary>The intended time of the first bad probe.</summary>
    public required TimeSpan Start { get; init; }

    /// <summary>The intended time of the first good probe after it, or of the last probe when none came.</summary>
    public required TimeSpan End { get; init; }

    /// <summary>False when the run ended before service came back.</summary>
    public required bool Closed { get; init; }

    /// <summary>The bad probes in it, by index.</summary>
    public required IReadOnlyList<int> Probes { get; init; }

    /// <summary>The faults that overlapped it, in words; empty when none did.</summary>
    public IReadOnlyList<string> Causes { get; init; } = [];

    /// <summary>Its length, to the resolution of one probe interval either way.</summary>
    public TimeSpan Length => End - Start;
}

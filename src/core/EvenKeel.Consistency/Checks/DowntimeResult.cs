namespace EvenKeel.Consistency.Checks;

/// <summary>The result of <see cref="CheckNames.Downtime"/>.</summary>
public sealed record DowntimeResult : CheckResult
{
    /// <summary>The windows in order.</summary>
    public IReadOnlyList<DowntimeWindow> Windows { get; init; } = [];

    /// <summary>The longest stretch between the intended times of two good probes in a row.</summary>
    public TimeSpan LongestSuccessGap { get; init; }

    /// <summary>How exact <see cref="DowntimeWindow.Length"/> is, either way.</summary>
    public TimeSpan Resolution { get; init; }

    /// <summary>The length of all windows together.</summary>
    public TimeSpan Total { get; init; }
}

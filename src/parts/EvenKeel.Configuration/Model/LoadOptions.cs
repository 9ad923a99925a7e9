namespace EvenKeel.Configuration.Model;

/// <summary>A load: requests, and how many at which time.</summary>
public sealed record LoadOptions
{
    /// <summary>The requests, sent in turn, or drawn when one of them has a share; at least one.</summary>
    public required IReadOnlyList<RequestOptions> Requests { get; init; }

    /// <summary>Named ways to send them, of which one can take the place of <see cref="Stages"/> and <see cref="Thresholds"/>.</summary>
    public IReadOnlyDictionary<string, LoadProfileOptions> Profiles { get; init; } = new Dictionary<string, LoadProfileOptions>();

    /// <summary>The stages in order; none when there are profiles only. All are of one model: rates (open) or users (closed).</summary>
    public required IReadOnlyList<LoadStageOptions> Stages { get; init; }

    /// <summary>Time after which a request has failed. Default 10 s.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Rules such as <c>p99&lt;50ms</c>, <c>errors&lt;0.1%</c> or <c>rate&gt;100</c>; one that does not hold, or has no samples, ends in
    /// exit code 99.
    /// </summary>
    public IReadOnlyList<string> Thresholds { get; init; } = [];
}

namespace EvenKeel.Configuration.Model;

/// <summary>An open-loop probe of availability, judged by the intended time of each request.</summary>
public sealed record ProbeOptions
{
    /// <summary>What is sent. Default: the list request of the workload, or <c>GET /</c>.</summary>
    public RequestOptions? Request { get; init; }

    /// <summary>Time between two probes. Default 100 ms. The shortest window that can be seen is two intervals.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Time after which a probe has failed. Default 1 s.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(1);
}

namespace EvenKeel.Configuration.Model;

/// <summary>How an instance is stopped: out of the gateway, drain, SIGTERM, grace, SIGKILL.</summary>
public sealed record DrainOptions
{
    /// <summary>Longest wait for the requests in flight after the gateway stopped sending new ones. Default 10 s.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Time between SIGTERM and SIGKILL. Default 10 s.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(10);
}

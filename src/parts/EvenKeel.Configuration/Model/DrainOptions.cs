namespace EvenKeel.Configuration.Model;

/// <summary>How an instance is stopped: out of the gateway, drain, SIGTERM, grace, SIGKILL.</summary>
public sealed record DrainOptions
{
    /// <summary>Longest wait for the requests in flight after the gateway stopped sending new ones. Default 10 s.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>What asks the instance to end. Default SIGTERM.</summary>
    public StopSignal Signal { get; init; }

    /// <summary>Time between that signal and SIGKILL. Default 10 s.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(10);
}

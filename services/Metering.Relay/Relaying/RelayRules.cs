namespace Metering.Relay.Relaying;

/// <summary>What a relay does besides passing on.</summary>
public sealed record RelayRules
{
    /// <summary>How long an answer stays on the way: a round trip to a database that is so far off.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>
    /// Asked when the server has answered a step, and before the client learns of it. True breaks the connection: what was committed stays
    /// committed, and the client does not know.
    /// </summary>
    public Func<RelayStep, bool> Cut { get; init; } = static _ => false;

    /// <summary>Awaited before a step goes to the server.</summary>
    public Func<RelayStep, CancellationToken, Task> Before { get; init; } = static (_, _) => Task.CompletedTask;
}

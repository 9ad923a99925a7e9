using EvenKeel.Consistency.Histories;

namespace EvenKeel.Proof.Load;

/// <summary>What a scenario sends in its phases of load.</summary>
internal interface IScenarioLoad
{
    /// <summary>Sends at evenly spaced times, whatever the service does, and returns when everything that was sent has an outcome.</summary>
    /// <param name="phase">What the operations are recorded as.</param>
    /// <param name="rate">Operations per second.</param>
    /// <param name="duration">How long new operations are sent.</param>
    /// <param name="cancellationToken">Stops sending and gives up what is under way; those operations are recorded with what is known of them.</param>
    Task RunAsync(OperationPhase phase, double rate, TimeSpan duration, CancellationToken cancellationToken);
}

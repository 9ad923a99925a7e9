using System.Threading.Channels;

namespace EvenKeel.Proof.Systems;

/// <summary>A running system, as far as a proof sees it. Disposing it stops everything that was started for it, paused instances included.</summary>
public interface ISystemUnderTest : IAsyncDisposable
{
    /// <summary>The base address of the gateway: scheme, host and port.</summary>
    Uri Gateway { get; }

    /// <summary>The service that is attacked.</summary>
    string Service { get; }

    /// <summary>Its instances now, by name. The names stay the same over restarts; addresses need not.</summary>
    IReadOnlyList<SystemInstance> Instances { get; }

    /// <summary>State changes of instances, in order, from the start of the system. Completed when the system has stopped.</summary>
    ChannelReader<SystemEvent> Events { get; }

    /// <summary>Returns when every instance is ready to be used through the gateway.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled first.</exception>
    Task WaitUntilReadyAsync(CancellationToken cancellationToken);

    /// <summary>Kills instances at the same moment, children included, and returns when each is observed to be gone or the token is cancelled.</summary>
    /// <returns>One confirmation per name, whatever happened.</returns>
    Task<IReadOnlyList<FaultConfirmation>> KillAsync(IReadOnlyList<string> instances, CancellationToken cancellationToken);

    /// <summary>Stops instances in their tracks (SIGSTOP) and returns when each is observed to stand still.</summary>
    /// <returns>One confirmation per name, whatever happened.</returns>
    Task<IReadOnlyList<FaultConfirmation>> PauseAsync(IReadOnlyList<string> instances, CancellationToken cancellationToken);

    /// <summary>Lets paused instances run again. An instance that is not paused, or gone, is left alone and confirmed.</summary>
    /// <returns>One confirmation per name, whatever happened.</returns>
    Task<IReadOnlyList<FaultConfirmation>> ResumeAsync(IReadOnlyList<string> instances, CancellationToken cancellationToken);
}

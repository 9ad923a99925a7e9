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

    /// <summary>The instances of all other services that were started with it, such as a database: faults may name them, nothing else looks at them.</summary>
    IReadOnlyList<SystemInstance> Others { get; }

    /// <summary>Where the servers among them are, as a URI by the name of the service: <c>postgres://postgres@127.0.0.1:20003/postgres</c>.</summary>
    IReadOnlyDictionary<string, string> Connections { get; }

    /// <summary>
    /// State changes of its instances, and of the others that faults name, in order, from the start of the system. Completed when the system has
    /// stopped.
    /// </summary>
    ChannelReader<SystemEvent> Events { get; }

    /// <summary>Returns when every instance is ready to be used through the gateway, and those of the others that faults name are ready.</summary>
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

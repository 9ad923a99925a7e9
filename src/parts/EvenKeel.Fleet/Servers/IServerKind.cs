using EvenKeel.Configuration.Model;

namespace EvenKeel.Fleet.Servers;

/// <summary>What the fleet knows of one kind of server.</summary>
internal interface IServerKind
{
    /// <summary>Where its program is, and what to say when it is not there.</summary>
    ServerProgram Program { get; }

    /// <summary>The scheme of its address, such as <c>redis</c>.</summary>
    string Scheme { get; }

    /// <summary>What follows the port in its address, such as a database.</summary>
    string Suffix { get; }

    /// <summary>Makes what the server needs in its folder, unless it is there from an earlier start.</summary>
    /// <returns>The service as the fleet runs it: its command, its check and its signal; the port is there already.</returns>
    /// <exception cref="ServerUnavailableException">It cannot be made; the message says why.</exception>
    Task<ServiceOptions> PrepareAsync(ServerSetup setup, CancellationToken cancellationToken);
}

namespace EvenKeel.Fleet.Servers;

/// <summary>A server of a kind cannot be set up on this machine.</summary>
/// <param name="message">What is wrong, and where.</param>
/// <param name="help">What to do.</param>
public sealed class ServerUnavailableException(string message, string help) : Exception(message)
{
    /// <summary>What to do.</summary>
    public string Help { get; } = help;
}

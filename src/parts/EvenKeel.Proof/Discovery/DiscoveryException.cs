namespace EvenKeel.Proof.Discovery;

/// <summary>A service did not tell what a proof has to know. The message says what was asked, what came back, and what to do.</summary>
public sealed class DiscoveryException(string message) : Exception(message);

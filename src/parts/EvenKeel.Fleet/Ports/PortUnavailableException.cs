namespace EvenKeel.Fleet.Ports;

/// <summary>A port could not be reserved; the message says which, who has it, and what to do.</summary>
public sealed class PortUnavailableException(string message) : Exception(message);

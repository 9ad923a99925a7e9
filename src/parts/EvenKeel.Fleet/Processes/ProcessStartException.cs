namespace EvenKeel.Fleet.Processes;

/// <summary>A program could not be started.</summary>
public sealed class ProcessStartException(string message) : Exception(message);

namespace EvenKeel.Gateway.Health;

/// <summary>What one check found.</summary>
/// <param name="Succeeded">True when the endpoint can serve.</param>
/// <param name="Reason">What was seen, for people: a status, an error, a time-out.</param>
internal readonly record struct CheckResult(bool Succeeded, string Reason);

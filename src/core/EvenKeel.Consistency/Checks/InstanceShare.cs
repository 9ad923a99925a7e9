namespace EvenKeel.Consistency.Checks;

/// <summary>What one instance answered of a load.</summary>
/// <param name="Instance">Its name.</param>
/// <param name="Requests">How many requests it answered.</param>
/// <param name="Share">Its part of all answered requests, 0 to 1.</param>
public sealed record InstanceShare(string Instance, int Requests, double Share);

namespace EvenKeel.Consistency.Histories;

/// <summary>An element as one reply showed it.</summary>
/// <param name="Id">The id under which the service keeps it.</param>
/// <param name="Value">The value that the add gave it, unique in the run; null when the workload compares ids alone.</param>
public readonly record struct Element(string Id, string? Value);

namespace EvenKeel.Routing.Hashing;

/// <summary>One position on a ring.</summary>
/// <param name="Position">Where, 0 to 2^32 - 1.</param>
/// <param name="Owner">The candidate whose it is.</param>
public readonly record struct RingPoint(uint Position, int Owner);

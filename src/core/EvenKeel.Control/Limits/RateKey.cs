namespace EvenKeel.Control.Limits;

/// <summary>Who is limited, as a hash that the caller makes: what it was made of is not kept.</summary>
/// <param name="High">One part.</param>
/// <param name="Low">Another, of another hash.</param>
public readonly record struct RateKey(long High, long Low);

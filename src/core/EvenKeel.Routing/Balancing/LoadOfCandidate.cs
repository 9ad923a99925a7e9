namespace EvenKeel.Routing.Balancing;

/// <summary>What a choice between two candidates compares.</summary>
/// <param name="InFlight">Requests in flight.</param>
/// <param name="Weight">The weight, at least 1.</param>
/// <param name="LastTurn">The number of the choice that took it last; may wrap around.</param>
public readonly record struct LoadOfCandidate(int InFlight, int Weight, uint LastTurn);

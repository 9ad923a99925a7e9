namespace EvenKeel.Routing.Hashing;

/// <summary>A candidate as hashing sees it.</summary>
/// <param name="Hash">The hash of its name: what it is and not where it stands in a list, so that all gateways agree.</param>
/// <param name="Weight">Its share relative to others, 1 to 1,000.</param>
public readonly record struct HashNode(ulong Hash, int Weight = 1);

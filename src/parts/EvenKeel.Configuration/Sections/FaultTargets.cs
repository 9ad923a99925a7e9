namespace EvenKeel.Configuration.Sections;

/// <summary>What a fault hits: instances by name, or a number of instances of the attacked service.</summary>
/// <param name="Names">The instances, empty when they are drawn.</param>
/// <param name="Count">How many are drawn, 0 when they are named.</param>
internal sealed record FaultTargets(IReadOnlyList<string> Names, int Count);

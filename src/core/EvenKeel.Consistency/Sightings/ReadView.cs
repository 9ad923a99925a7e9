using EvenKeel.Consistency.Histories;

namespace EvenKeel.Consistency.Sightings;

/// <summary>An answered list and the subjects that it shows.</summary>
/// <param name="Operation">The list.</param>
/// <param name="Subjects">Their numbers, with no alias among them.</param>
internal sealed record ReadView(Operation Operation, ElementSet Subjects);

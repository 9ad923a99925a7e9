namespace EvenKeel.Consistency.Tests.Simulation;

/// <summary>What is wrong with a simulated service.</summary>
internal enum PlantedBug
{
    None,
    LosesAcknowledged,
    OneInstanceReadsOldState,
    EachInstanceKeepsItsOwn,
    AppliesSomeAddsTwice,
    ListsSomeElementTwice,
    GivesOneIdTwice,
}

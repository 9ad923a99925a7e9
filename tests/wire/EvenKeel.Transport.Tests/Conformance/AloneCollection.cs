namespace EvenKeel.Transport.Tests.Conformance;

/// <summary>Tests that change or look at the whole process: nothing runs beside them.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class AloneCollection
{
    public const string Name = "alone";
}

namespace EvenKeel.Gateway.Tests.Wire;

/// <summary>Tests that nothing may run beside: they begin when all others are done.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class AloneCollection
{
    public const string Name = "Alone";
}

namespace EvenKeel.Fleet.Probes;

/// <summary>The outcome of one check.</summary>
/// <param name="Failure">Why it failed, or null when this very process answered as it should.</param>
/// <param name="ForeignHolder">When another process answered: who, as far as it could be found out.</param>
internal readonly record struct ProbeResult(string? Failure, string? ForeignHolder = null)
{
    public static readonly ProbeResult Passed;

    public bool Ok => Failure is null;
}

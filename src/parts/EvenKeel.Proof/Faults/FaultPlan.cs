using EvenKeel.Configuration.Model;

namespace EvenKeel.Proof.Faults;

/// <summary>Turns the faults of the file into a plan. The same seed, instances and options make the same plan.</summary>
internal static class FaultPlan
{
    /// <summary>Draws targets and scales times.</summary>
    /// <param name="faults">The faults as written.</param>
    /// <param name="instances">The names of the service's instances.</param>
    /// <param name="seed">Seed of the draws.</param>
    /// <param name="timeScale">How many times faster than real everything runs, above 0.</param>
    /// <exception cref="ProofException">A target is no instance, or more are to be drawn than there are.</exception>
    public static IReadOnlyList<PlannedFault> Make(IReadOnlyList<FaultOptions> faults, IReadOnlyList<string> instances, ulong seed, double timeScale)
    {
        var random = new Random(unchecked((int)(seed ^ (seed >> 32))));
        var ordered = faults.OrderBy(fault => fault.At);
        return [.. ordered.Select((fault, index) => new PlannedFault(
            index + 1, fault.Kind, Targets(fault, instances, random), fault.At / timeScale,
            fault.Kind == FaultKind.Kill ? TimeSpan.Zero : fault.For / timeScale))];
    }

    private static List<string> Targets(FaultOptions fault, IReadOnlyList<string> instances, Random random)
    {
        var there = string.Join(", ", instances);
        if (fault.Targets.Count > 0)
        {
            var missing = fault.Targets.FirstOrDefault(target => !instances.Contains(target, StringComparer.Ordinal));
            return missing is null ? [.. fault.Targets.Distinct(StringComparer.Ordinal)]
                : throw new ProofException(
                    $"The fault at {Quantities.Show(fault.At)} names '{missing}', which is no instance of the attacked service. Its instances: {there}.");
        }

        if (fault.Count < 1 || fault.Count > instances.Count)
        {
            throw new ProofException(
                $"The fault at {Quantities.Show(fault.At)} is to hit {fault.Count} instances; the attacked service has {instances.Count}: {there}.");
        }

        var drawn = instances.OrderBy(name => name, StringComparer.Ordinal).ToArray();
        random.Shuffle(drawn);
        return [.. drawn.Take(fault.Count)];
    }
}

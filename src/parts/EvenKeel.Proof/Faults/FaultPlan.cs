using EvenKeel.Configuration.Model;

namespace EvenKeel.Proof.Faults;

/// <summary>Turns the faults of the file into a plan. The same seed, instances and options make the same plan.</summary>
internal static class FaultPlan
{
    /// <summary>Draws targets and scales times.</summary>
    /// <param name="faults">The faults as written.</param>
    /// <param name="instances">The names of the attacked service's instances, from which targets are drawn.</param>
    /// <param name="others">The names of the instances of other services, which a fault hits when it names them.</param>
    /// <param name="seed">Seed of the draws.</param>
    /// <param name="timeScale">How many times faster than real everything runs, above 0.</param>
    /// <exception cref="ProofException">A target is no instance, or more are to be drawn than there are.</exception>
    public static IReadOnlyList<PlannedFault> Make(
        IReadOnlyList<FaultOptions> faults, IReadOnlyList<string> instances, IReadOnlyList<string> others, ulong seed,
        double timeScale)
    {
        var random = new Random(unchecked((int)(seed ^ (seed >> 32))));
        var ordered = faults.OrderBy(fault => fault.At);
        return [.. ordered.Select((fault, index) => new PlannedFault(
            index + 1, fault.Kind, Targets(fault, instances, others, random), (fault.At + Later(fault, random)) / timeScale,
            fault.Kind == FaultKind.Kill ? TimeSpan.Zero : fault.For / timeScale))];
    }

    // Drawn only when it is asked for, so that a file without it has the plan that its seed always had.
    private static TimeSpan Later(FaultOptions fault, Random random) =>
        fault.Within > TimeSpan.Zero ? TimeSpan.FromMilliseconds((long)(fault.Within.TotalMilliseconds * random.NextDouble())) : TimeSpan.Zero;

    private static List<string> Targets(FaultOptions fault, IReadOnlyList<string> instances, IReadOnlyList<string> others, Random random)
    {
        var there = string.Join(", ", instances);
        if (fault.Targets.Count > 0)
        {
            var missing = fault.Targets.FirstOrDefault(target => !instances.Concat(others).Contains(target, StringComparer.Ordinal));
            return missing is null ? [.. fault.Targets.Distinct(StringComparer.Ordinal)]
                : throw new ProofException(
                    $"The fault at {Quantities.Show(fault.At)} names '{missing}', which is no instance of this cluster. It has: {string.Join(", ", instances.Concat(others))}.");
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

using EvenKeel.Configuration.Model;

namespace EvenKeel.Proof.Faults;

/// <summary>A fault with its targets drawn and its times scaled.</summary>
/// <param name="Number">Its place in the plan, from 1.</param>
/// <param name="Kind">What is done.</param>
/// <param name="Targets">To which instances, by name.</param>
/// <param name="At">When, from the start of the load with faults, already divided by the time scale.</param>
/// <param name="For">How long a pause lasts, divided too; zero for a kill.</param>
public sealed record PlannedFault(int Number, FaultKind Kind, IReadOnlyList<string> Targets, TimeSpan At, TimeSpan For)
{
    /// <summary>What happens to whom, for screens: <c>kill web-2</c>.</summary>
    public string Name => $"{Kind.ToString().ToLowerInvariant()} {string.Join(", ", Targets)}";
}

using EvenKeel.Configuration.Model;
using EvenKeel.Proof.Faults;

namespace EvenKeel.Proof.Runs;

/// <summary>
/// What arithmetic says about downtime: when every instance is killed once, service is gone from the last kill until the first replacement is
/// ready, which is max(0, replacement - gap) for a gap between the first and the last kill; with one instance left standing it is zero.
/// </summary>
/// <param name="Replacement">The mean measured time from a kill to its replacement being ready.</param>
/// <param name="Gap">From the first kill to the last.</param>
/// <param name="Downtime">The downtime that follows from them.</param>
public sealed record ExpectedDowntime(TimeSpan Replacement, TimeSpan Gap, TimeSpan Downtime)
{
    /// <summary>Works it out from what was observed; null when no kill was seen to be replaced.</summary>
    /// <param name="faults">The faults with their times.</param>
    /// <param name="instances">All instances of the service.</param>
    internal static ExpectedDowntime? Of(IReadOnlyList<FaultRecord> faults, IReadOnlyList<string> instances)
    {
        var kills = faults.Where(fault => fault is { Plan.Kind: FaultKind.Kill, ConfirmedAt: not null, RecoveredAt: not null }).ToList();
        if (kills.Count == 0)
        {
            return null;
        }

        var replacement = TimeSpan.FromTicks((long)kills.Average(kill => (kill.RecoveredAt!.Value - kill.ConfirmedAt!.Value).Ticks));
        var gap = kills.Max(kill => kill.ConfirmedAt!.Value) - kills.Min(kill => kill.ConfirmedAt!.Value);
        return new ExpectedDowntime(replacement, gap, AllDown(kills, instances, replacement));
    }

    /// <summary>
    /// How long no instance is up when each kill takes its targets away for the replacement time: the common part of the instances' absences, added up.
    /// </summary>
    private static TimeSpan AllDown(List<FaultRecord> kills, IReadOnlyList<string> instances, TimeSpan replacement)
    {
        // Absences begin and end at few times; between two neighbouring ones nothing changes.
        var edges = kills.SelectMany(kill => new[] { kill.ConfirmedAt!.Value, kill.ConfirmedAt.Value + replacement }).Order().ToList();
        var total = TimeSpan.Zero;
        for (var index = 0; index + 1 < edges.Count; index++)
        {
            var middle = edges[index] + ((edges[index + 1] - edges[index]) / 2);
            var allDown = instances.All(instance => kills.Any(kill =>
                kill.Plan.Targets.Contains(instance) && kill.ConfirmedAt!.Value <= middle && middle < kill.ConfirmedAt.Value + replacement));
            total += allDown ? edges[index + 1] - edges[index] : TimeSpan.Zero;
        }

        return total;
    }
}

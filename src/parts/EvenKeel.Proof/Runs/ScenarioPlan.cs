using EvenKeel.Configuration.Model;

namespace EvenKeel.Proof.Runs;

/// <summary>A scenario to run.</summary>
/// <param name="Name">What screens and files call it.</param>
/// <param name="Faults">Its faults, as written: times are real time.</param>
/// <param name="MaxDowntime">The longest downtime allowed in one window, in real time; null when it is only measured.</param>
/// <param name="SimultaneousKills">For a measurement of simultaneous kills, how many; else 0.</param>
internal sealed record ScenarioPlan(string Name, IReadOnlyList<FaultOptions> Faults, TimeSpan? MaxDowntime, int SimultaneousKills = 0)
{
    /// <summary>The scenarios that the file asks for, without those of simultaneous kills.</summary>
    public static IReadOnlyList<ScenarioPlan> Of(ProveOptions options)
    {
        if (options.Scenarios.Count > 0)
        {
            return [.. options.Scenarios.Select(scenario => new ScenarioPlan(
                scenario.Name, scenario.Faults, scenario.MeasureOnly ? null : scenario.MaxDowntime ?? options.Checks.MaxDowntime))];
        }

        return options.Faults.Count > 0 || !options.SimultaneousKills
            ? [new ScenarioPlan(options.Faults.Count > 0 ? "faults" : "no faults", options.Faults, options.Checks.MaxDowntime)]
            : [];
    }

    /// <summary>The measurement of so many kills at the same moment. It has no limit: the answer is a number, not a verdict.</summary>
    public static ScenarioPlan Kills(int count, ProveOptions options)
    {
        // A tenth into the load, so that there is traffic before it and time to see the recovery after it.
        var fault = new FaultOptions { Kind = FaultKind.Kill, Count = count, At = options.Duration / 10 };
        return new ScenarioPlan($"{Quantities.Show(count, "kill")} at once", [fault], null, count);
    }
}

using System.Globalization;
using System.Text;
using EvenKeel.Consistency.Checks;
using EvenKeel.Consistency.Histories;
using EvenKeel.Consistency.Verdicts;

namespace EvenKeel.Proof.Runs;

/// <summary>
/// Builds the block that ends a proof on screen: per scenario what was sent and what each check says, the offending operations, and the
/// verdict last.
/// </summary>
internal static class ProofText
{
    private const int ShownFindings = 3;
    private const int ShownOperations = 6;

    /// <summary>A verdict as screens show it.</summary>
    public static string Word(Verdict verdict) => verdict.ToString().ToUpperInvariant();

    /// <summary>The verdict in one sentence.</summary>
    public static string Sentence(Verdict verdict, Judgement judgement, IReadOnlyList<ScenarioResult> scenarios, bool interrupted)
    {
        if (verdict == Verdict.Pass)
        {
            var operations = scenarios.Sum(scenario => scenario.OperationCount);
            var faults = scenarios.Sum(scenario => scenario.Faults.Count(fault => fault.Confirmed));
            return $"PASS: no violation in {Quantities.Show(operations, "operation")} under {Quantities.Show(faults, "confirmed fault")}";
        }

        var where = scenarios.Count > 1 && scenarios.FirstOrDefault(scenario => scenario.Judgement == judgement) is { } scenario ? $" [{scenario.Name}]" : "";
        return interrupted && verdict == Verdict.Inconclusive
            ? $"INCONCLUSIVE: the run was interrupted; {Quantities.Show(scenarios.Count, "scenario")} had begun, and no violation was found until then"
            : $"{Word(verdict)}: {judgement.Reason}{where}";
    }

    /// <summary>The final block.</summary>
    public static string Final(ProofResult result)
    {
        var text = new StringBuilder();
        foreach (var scenario in result.Scenarios)
        {
            AppendScenario(text, scenario, result);
        }

        AppendKills(text, result);
        text.Append('\n').Append(result.Sentence).Append('\n');
        if (result.Verdict == Verdict.Pass)
        {
            text.Append("      This is evidence from one run, not a mathematical proof; another seed attacks in another way.\n");
        }

        if (result.TimeScale != 1)
        {
            text.Append(CultureInfo.InvariantCulture, $"      Everything ran {result.TimeScale:0.##} times faster than real.\n");
        }

        text.Append("Report  ").Append(Path.GetRelativePath(Environment.CurrentDirectory, result.ReportPath)).Append('\n');
        return text.ToString();
    }

    /// <summary>A measured time, and what it stands for when everything ran faster than real.</summary>
    public static string Scaled(TimeSpan measured, double timeScale) => timeScale == 1
        ? Quantities.Show(measured)
        : string.Create(
            CultureInfo.InvariantCulture,
            $"{Quantities.Show(measured)} (x {timeScale:0.##} = {Quantities.Show(measured * timeScale)} in real time)");

    private static void AppendScenario(StringBuilder text, ScenarioResult scenario, ProofResult result)
    {
        text.Append(CultureInfo.InvariantCulture, $"\n{scenario.Name}: {Quantities.Show(scenario.OperationCount, "operation")}, ");
        text.Append(
            CultureInfo.InvariantCulture,
            $"{scenario.Count(OperationOutcome.Ok)} ok, {scenario.Count(OperationOutcome.Failed)} failed, {scenario.Count(OperationOutcome.Unknown)} unknown");
        text.Append(CultureInfo.InvariantCulture, $" · faults {scenario.Planned.Count} planned, {scenario.Faults.Count(fault => fault.Confirmed)} confirmed\n");
        foreach (var check in scenario.Checks.Where(check => !IsLeftOut(check)))
        {
            var glyph = check.Status switch { CheckStatus.Passed => "✔", CheckStatus.Violated => "✕", CheckStatus.Inconclusive => "?", _ => "–" };
            text.Append(CultureInfo.InvariantCulture, $"  {glyph} {check.Name,-18} {check.Summary}\n");
        }

        if (scenario.Checks.Where(IsLeftOut).Select(check => check.Name).ToList() is { Count: > 0 } leftOut)
        {
            text.Append(CultureInfo.InvariantCulture, $"  – not checked        {string.Join(", ", leftOut)}\n");
        }

        foreach (var latency in scenario.Latencies)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"  {latency.Group,-20} p50 {Quantities.Show(latency.P50)}  p90 {Quantities.Show(latency.P90)}  p99 {Quantities.Show(latency.P99)}  max {Quantities.Show(latency.Max)}\n");
        }

        AppendDowntime(text, scenario, result.TimeScale);
        foreach (var check in scenario.Checks.Where(check => check.Status == CheckStatus.Violated))
        {
            AppendViolation(text, check, scenario);
        }
    }

    // Switched off, or without a workload to speak about: it looked at nothing.
    private static bool IsLeftOut(CheckResult check) => check is { Status: CheckStatus.Skipped, Examined: 0 };

    private static void AppendDowntime(StringBuilder text, ScenarioResult scenario, double timeScale)
    {
        if (scenario.Downtime is { } downtime)
        {
            foreach (var window in downtime.Windows)
            {
                var cause = window.Causes.Count == 0 ? "no fault at that time" : string.Join(", ", window.Causes);
                text.Append(
                    CultureInfo.InvariantCulture,
                    $"  down {Scaled(window.Length, timeScale)}{(window.Closed ? "" : " and still down at the end")}: {cause}\n");
            }
        }

        if (scenario.Expected is { } expected)
        {
            var gap = scenario.Faults.Count > 1 ? $", {Quantities.Show(expected.Gap)} from the first kill to the last" : "";
            text.Append(CultureInfo.InvariantCulture, $"  replacement {Scaled(expected.Replacement, timeScale)}{gap}; ");
            text.Append(
                CultureInfo.InvariantCulture,
                $"downtime by arithmetic max(0, replacement - gap) while nobody is left = {Scaled(expected.Downtime, timeScale)}");
            text.Append(
                scenario.Downtime is { } measured ? $", measured {Scaled(measured.Total, timeScale)} +- {Quantities.Show(measured.Resolution)}\n" : "\n");
        }

        if (scenario.DriverLag > Load.LoadResult.TrustedLag)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"  driver overloaded: it was {Quantities.Show(scenario.DriverLag)} late at the 99th percentile, latency not trusted\n");
        }
    }

    private static void AppendViolation(StringBuilder text, CheckResult check, ScenarioResult scenario)
    {
        text.Append(CultureInfo.InvariantCulture, $"\n  {check.Name.ToUpperInvariant()}  {Quantities.Show(check.FindingCount, "finding")}\n");
        var faultsBegan = scenario.Phases.FirstOrDefault(phase => phase.Phase == OperationPhase.Faults)?.At;
        foreach (var finding in check.Findings.Take(ShownFindings))
        {
            var early = faultsBegan is null || finding.At < faultsBegan ? " (before any fault)" : "";
            text.Append(CultureInfo.InvariantCulture, $"    {finding.Sentence}{early}\n");
            foreach (var operation in finding.Operations.Take(ShownOperations).Select(scenario.History.Find).OfType<Operation>())
            {
                text.Append("      ").Append(Show(operation, scenario.StartedAt)).Append('\n');
            }

            if (finding.Operations.Count > ShownOperations)
            {
                text.Append(
                    CultureInfo.InvariantCulture,
                    $"      ... and {Quantities.Show(finding.Operations.Count - ShownOperations, "operation")} more, see the report\n");
            }
        }

        if (check.Advice is { } advice)
        {
            text.Append(CultureInfo.InvariantCulture, $"    What to do: {advice}\n");
        }
    }

    private static string Show(Operation operation, DateTimeOffset startedAt)
    {
        var what = operation.Kind switch
        {
            OperationKind.Add => $"add {operation.Value ?? operation.ElementId}",
            OperationKind.Get => $"get {operation.ElementId} -> "
                + (operation.Elements is { Count: > 0 } ? "there" : operation.Outcome == OperationOutcome.Ok ? "absent" : ""),
            OperationKind.List => $"list -> {Quantities.Show(operation.Elements?.Count ?? 0, "element")}",
            OperationKind.Request => $"request {operation.Value}",
            _ => operation.Kind.ToString().ToLowerInvariant(),
        };
        var outcome = operation.Outcome == OperationOutcome.Ok ? "ok" : $"{operation.Outcome.ToString().ToLowerInvariant()} {operation.Reason}";
        return string.Create(CultureInfo.InvariantCulture,
            $"op {operation.Index,-5} {operation.Instance ?? "?",-8} {operation.Session,-12} {what,-44} {outcome,-8} {(startedAt + operation.Sent).ToLocalTime():HH:mm:ss.fff} - {(startedAt + operation.End).ToLocalTime():ss.fff}");
    }

    private static void AppendKills(StringBuilder text, ProofResult result)
    {
        if (result.SimultaneousKills.Count == 0)
        {
            return;
        }

        text.Append("\nsimultaneous kills\n");
        foreach (var row in result.SimultaneousKills)
        {
            var measured = row.Downtime is { } downtime ? $"down {Scaled(downtime, result.TimeScale)} +- {Quantities.Show(row.Resolution)}" : "not measured";
            var replacement = row.Replacement is { } time ? $"all back after {Scaled(time, result.TimeScale)}" : "";
            text.Append(
                CultureInfo.InvariantCulture,
                $"  {row.Kills} of {row.Instances}  {(row.Survived ? "✔ survived" : "✕         ")}  {measured}  {replacement}\n");
        }

        text.Append(KillsMeasurement.SurvivedUpTo(result.SimultaneousKills) is { } survived
            ? $"  survives {Quantities.Show(survived, "simultaneous kill")}\n"
            : "  how many are survived could not be measured\n");
    }
}

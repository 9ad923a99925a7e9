using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using EvenKeel.Consistency.Checks;
using EvenKeel.Consistency.Histories;

namespace EvenKeel.Proof.Runs;

/// <summary>Writes <c>result.json</c>; docs/reference/result.md gives every field's meaning.</summary>
internal static class ResultFile
{
    private const int MaxOperationsPerFinding = 20;

    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
    };

    public static Task WriteAsync(ProofResult result) =>
        result.Folder.WriteAsync("result.json", JsonSerializer.Serialize(Document(result), Indented) + "\n", CancellationToken.None);

    internal static object Document(ProofResult result) => new
    {
        SchemaVersion = 1,
        Kind = "proofResult",
        Verdict = Word(result.Verdict),
        result.ExitCode,
        result.Sentence,
        result.Seed,
        result.TimeScale,
        StartedAt = result.StartedAt.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture),
        ElapsedMs = Ms(result.Elapsed),
        Operations = new
        {
            Ok = result.Scenarios.Sum(scenario => scenario.Count(OperationOutcome.Ok)),
            Failed = result.Scenarios.Sum(scenario => scenario.Count(OperationOutcome.Failed)),
            Unknown = result.Scenarios.Sum(scenario => scenario.Count(OperationOutcome.Unknown)),
        },
        Scenarios = result.Scenarios.Select(scenario => Scenario(scenario, result.TimeScale)),
        SimultaneousKills = result.SimultaneousKills.Select(row => new
        {
            row.Kills,
            row.Instances,
            row.Survived,
            DowntimeMs = Ms(row.Downtime),
            RealDowntimeMs = Ms(row.Downtime * result.TimeScale),
            ReplacementMs = Ms(row.Replacement),
            RealReplacementMs = Ms(row.Replacement * result.TimeScale),
            ResolutionMs = Ms(row.Resolution),
        }),
        SurvivesSimultaneousKills = result.SimultaneousKills.Count == 0 ? null : KillsMeasurement.SurvivedUpTo(result.SimultaneousKills),
        Files = Directory.EnumerateFiles(result.Folder.FullPath, "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(result.Folder.FullPath, file).Replace('\\', '/')).Append("report.html")
            .Append("result.json").Distinct().Order(StringComparer.Ordinal),
    };

    private static object Scenario(ScenarioResult scenario, double timeScale) => new
    {
        scenario.Name,
        StartedAt = scenario.StartedAt.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture),
        Verdict = Word(scenario.Judgement.Verdict),
        scenario.Judgement.Reason,
        scenario.ControlFailure,
        scenario.Interruption,
        scenario.Instances,
        Operations = new
        {
            Ok = scenario.Count(OperationOutcome.Ok),
            Failed = scenario.Count(OperationOutcome.Failed),
            Unknown = scenario.Count(OperationOutcome.Unknown),
        },
        Phases = scenario.Phases.Select(phase => new { Phase = Word(phase.Phase), AtMs = Ms(phase.At) }),
        Checks = scenario.Checks.Select(check => Check(check, scenario)),
        Faults = scenario.Planned.Select(fault => Fault(fault, scenario)),
        Downtime = scenario.Downtime is { } downtime ? Downtime(downtime, scenario, timeScale) : null,
        Balance = scenario.Balance is { } balance
            ? new { balance.MaxOverMean, Shares = balance.Shares.Select(share => new { share.Instance, share.Requests, share.Share }) } : null,
        Divergence = scenario.Checks.OfType<DivergenceResult>().FirstOrDefault() is { } divergence
            ? new
            {
                AgreedAfterMs = Ms(divergence.AgreedAfter),
                divergence.DifferingElements,
                Instances = divergence.Instances.Select(
                    instance => new { instance.Instance, instance.Read, instance.Count, instance.MissingCount, instance.Missing }),
            } : null,
        Latency = scenario.Latencies.Select(latency => new
        {
            latency.Group, latency.Count, P50Ms = Ms(latency.P50), P90Ms = Ms(latency.P90), P99Ms = Ms(latency.P99), MaxMs = Ms(latency.Max),
        }),
        DriverLagP99Ms = Ms(scenario.DriverLag),
        DriverOverloaded = scenario.DriverLag > Load.LoadResult.TrustedLag,
    };

    private static object Check(CheckResult check, ScenarioResult scenario) => new
    {
        check.Name,
        Status = Word(check.Status),
        Subject = Word(check.Subject),
        check.Summary,
        check.Advice,
        check.Examined,
        check.FindingCount,
        Measures = check.Measures.Select(measure => new { measure.Name, measure.Value, measure.Unit }),
        Findings = check.Findings.Select(finding => new
        {
            finding.Sentence,
            AtMs = Ms(finding.At),
            finding.Element,
            finding.Instances,
            OperationCount = finding.Operations.Count,
            Operations = finding.Operations.Take(MaxOperationsPerFinding).Select(scenario.History.Find).OfType<Operation>().Select(Show),
        }),
    };

    private static object Show(Operation operation) => new
    {
        operation.Index,
        operation.Session,
        Phase = Word(operation.Phase),
        Op = Word(operation.Kind),
        Id = operation.ElementId,
        operation.Value,
        SentMs = Ms(operation.Sent),
        EndMs = Ms(operation.End),
        Outcome = Word(operation.Outcome),
        operation.Reason,
        operation.Status,
        operation.Instance,
        operation.Direct,
        Shown = operation.Elements?.Count,
    };

    private static object Fault(Faults.PlannedFault fault, ScenarioResult scenario)
    {
        var seen = scenario.Faults.FirstOrDefault(record => record.Plan.Number == fault.Number);
        return new
        {
            fault.Number,
            Kind = Word(fault.Kind),
            fault.Targets,
            PlannedAtMs = Ms(fault.At),
            ForMs = Ms(fault.For),
            InjectedAtMs = Ms(seen?.InjectedAt),
            Confirmed = seen?.Confirmed ?? false,
            ConfirmedAtMs = Ms(seen?.ConfirmedAt),
            UndoneAtMs = Ms(seen?.UndoneAt),
            RecoveredAtMs = Ms(seen?.RecoveredAt),
            OperationsDuring = seen?.OperationsDuring ?? 0,
            Detail = seen?.Detail ?? "never injected",
        };
    }

    private static object Downtime(DowntimeResult downtime, ScenarioResult scenario, double timeScale) => new
    {
        TotalMs = Ms(downtime.Total),
        RealTotalMs = Ms(downtime.Total * timeScale),
        ResolutionMs = Ms(downtime.Resolution),
        LongestSuccessGapMs = Ms(downtime.LongestSuccessGap),
        ExpectedMs = Ms(scenario.Expected?.Downtime),
        ReplacementMs = Ms(scenario.Expected?.Replacement),
        RealReplacementMs = Ms(scenario.Expected?.Replacement * timeScale),
        GapMs = Ms(scenario.Expected?.Gap),
        Windows = downtime.Windows.Select(window => new
        {
            StartMs = Ms(window.Start), EndMs = Ms(window.End), LengthMs = Ms(window.Length), RealLengthMs = Ms(window.Length * timeScale),
            window.Closed, window.Causes,
        }),
    };

    private static double? Ms(TimeSpan? time) => time is { } some ? Math.Round(some.TotalMilliseconds, 3) : null;

    private static string Word<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();
}

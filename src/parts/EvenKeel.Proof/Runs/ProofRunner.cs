using System.Globalization;
using EvenKeel.Configuration.Model;
using EvenKeel.Consistency.Verdicts;
using EvenKeel.Proof.Clocks;
using EvenKeel.Proof.Faults;
using EvenKeel.Proof.Recording;
using EvenKeel.Proof.Report;
using EvenKeel.Proof.Systems;
using EvenKeel.Proof.Workload;

namespace EvenKeel.Proof.Runs;

/// <summary>Runs a whole proof: every scenario on a fresh system, then the measurements of simultaneous kills; and writes what it found.</summary>
/// <param name="options">What to prove.</param>
/// <param name="factory">Starts the systems.</param>
/// <param name="setup">What the host knows.</param>
/// <param name="observer">Hears what happens.</param>
/// <param name="time">The clock. Must be the one behind all timestamps that the system gives.</param>
public sealed class ProofRunner(ProveOptions options, ISystemFactory factory, ProofSetup setup, IProofObserver observer, TimeProvider time)
{
    /// <summary>
    /// Runs it. A cancelled run ends without an exception: faults are undone, everything is stopped, and the result says what was found so far.
    /// </summary>
    /// <exception cref="ProofException">The options contradict the system, for example a fault names an instance that does not exist.</exception>
    /// <exception cref="Exception">Whatever the factory throws when the first system cannot be started.</exception>
    public async Task<ProofResult> RunAsync(CancellationToken cancellationToken)
    {
        if (!(options.TimeScale > 0) || !double.IsFinite(options.TimeScale))
        {
            throw new ProofException($"prove.timeScale is {options.TimeScale}: it must be above 0 (10 = ten times faster than real).");
        }

        var clock = new RunClock(time);
        var folder = RunFolder.Create(setup.StateFolder, "prove", options.Seed, clock.StartedAt);
        await folder.WriteAsync("config.resolved.yaml", setup.ResolvedConfiguration, CancellationToken.None).ConfigureAwait(false);
        await folder.WriteAsync("repro.txt", setup.ReproCommand + "\n", CancellationToken.None).ConfigureAwait(false);
        observer.Say(new ProofLine(clock.StartedAt, "prove", string.Create(CultureInfo.InvariantCulture,
            $"seed {options.Seed}{(options.TimeScale == 1 ? "" : $" · {options.TimeScale:0.##} times faster than real")} · {folder.FullPath}")));
        List<ScenarioResult> results;
        using (var journal = new FaultJournal(Path.Combine(folder.Root, "run", $"{setup.ClusterName}.faults.jsonl"), time))
        {
            var history = new LineFile(folder.File("history.jsonl"));
            await using (history.ConfigureAwait(false))
            {
                var events = new LineFile(folder.File("events.jsonl"));
                await using (events.ConfigureAwait(false))
                {
                    var run = new RunContext(folder, clock, factory, observer, new ElementNames(options.Seed, clock.StartedAt), history, events, journal);
                    results = await RunScenariosAsync(run, cancellationToken).ConfigureAwait(false);
                }
            }
        }

        var result = Combine(results, folder, clock, cancellationToken.IsCancellationRequested);
        // The report first: the exit code in the result file is the one of the program, which the report may spoil.
        result = await KeptAsync(result, async () =>
        {
            var report = new StreamWriter(result.ReportPath, append: false);
            await using (report.ConfigureAwait(false))
            {
                HtmlReport.Write(ReportBinder.Bind(result, setup), report);
            }
        }).ConfigureAwait(false);
        return await KeptAsync(result, () => ResultFile.WriteAsync(result)).ConfigureAwait(false);
    }

    // A verdict is not lost with its record, but a pass without one convinces nobody.
    private static async Task<ProofResult> KeptAsync(ProofResult result, Func<Task> write)
    {
        try
        {
            await write().ConfigureAwait(false);
            return result;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return result with { Unwritten = error.Message, ExitCode = result.ExitCode == 0 ? 4 : result.ExitCode };
        }
    }

    private async Task<List<ScenarioResult>> RunScenariosAsync(RunContext run, CancellationToken cancellationToken)
    {
        var results = new List<ScenarioResult>();
        var index = 0;
        foreach (var plan in ScenarioPlan.Of(options))
        {
            await RunOneAsync(plan).ConfigureAwait(false);
        }

        // The number of instances is known for sure once a system runs; one can always be killed.
        for (var kills = 1; options.SimultaneousKills && kills <= Math.Max(1, results.Count == 0 ? 1 : results[^1].Instances.Count); kills++)
        {
            await RunOneAsync(ScenarioPlan.Kills(kills, options)).ConfigureAwait(false);
        }

        return results;

        async Task RunOneAsync(ScenarioPlan plan)
        {
            if (cancellationToken.IsCancellationRequested)
            {
                return;
            }

            observer.Say(new ProofLine(run.Clock.WallClock(run.Clock.Now), "scenario", plan.Name));
            var scenario = run.Of(results.Count + 1);
            ScenarioResult result;
            try
            {
                (result, index) = await ScenarioRunner.RunAsync(options, plan, scenario, index, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception exception) when (cancellationToken.IsCancellationRequested || (results.Count > 0 && exception is not ProofException))
            {
                // What earlier scenarios found is kept, whatever keeps this one from starting.
                result = ScenarioJudge.Conclude(options, plan, ScenarioEvidence.Nothing(scenario.Clock,
                    cancellationToken.IsCancellationRequested ? "it was interrupted" : $"the system could not be started: {exception.Message}"));
            }

            results.Add(result);
            observer.Say(
                new ProofLine(
                    run.Clock.WallClock(run.Clock.Now),
                    "scenario",
                    $"{plan.Name}  {(result.OnlyMeasured ? "MEASURED" : ProofText.Word(result.Judgement.Verdict))}: {result.Judgement.Reason}"));
        }
    }

    private ProofResult Combine(List<ScenarioResult> results, RunFolder folder, RunClock clock, bool interrupted)
    {
        var judgement = results.Count > 0 && results.All(result => result.OnlyMeasured)
            ? new Judgement(Verdict.Inconclusive, "Everything was only measured: no check was switched on that could have failed.")
            : Judge.Combine([.. results.Where(result => !result.OnlyMeasured).Select(result => result.Judgement)]);
        var verdict = interrupted && judgement.Verdict == Verdict.Pass ? Verdict.Inconclusive : judgement.Verdict;
        var result = new ProofResult
        {
            Verdict = verdict,
            Sentence = ProofText.Sentence(verdict, judgement, results, interrupted),
            ExitCode = verdict == Verdict.Violation ? 10 : interrupted ? 130 : verdict == Verdict.Inconclusive ? 11 : 0,
            Seed = options.Seed,
            TimeScale = options.TimeScale,
            StartedAt = clock.StartedAt,
            Elapsed = clock.Now,
            Scenarios = results,
            SimultaneousKills = [.. results.Where(scenario => scenario.SimultaneousKills > 0).Select(KillsMeasurement.Of)],
            Folder = folder,
            Text = "",
        };
        return result with { Text = ProofText.Final(result) };
    }
}

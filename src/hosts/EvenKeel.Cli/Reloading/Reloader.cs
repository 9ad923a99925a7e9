using EvenKeel.Cli.Control;
using EvenKeel.Cli.Exits;
using EvenKeel.Cli.Terminals;
using EvenKeel.Configuration;
using EvenKeel.Configuration.Changes;
using EvenKeel.Configuration.Diagnostics;
using EvenKeel.Configuration.Model;
using EvenKeel.Gateway.Endpoints;

namespace EvenKeel.Cli.Reloading;

/// <summary>
/// Takes a changed file, or certificates that were renewed in place, over into a running cluster, or refuses it whole: 1. read it; 2. compare it
/// with what runs; 3. refuse what needs a restart, by name; 4. hand it to the gateway as one snapshot. A refusal changes nothing, and is told with
/// all its diagnostics once.
/// </summary>
/// <param name="source">The file.</param>
/// <param name="apply">Takes new options over.</param>
/// <param name="isRenewed">Says whether certificates were renewed though the file says what it said.</param>
/// <param name="terminal">Where to tell.</param>
/// <param name="time">The clock.</param>
internal sealed class Reloader(
    ClusterSource source, Func<ClusterOptions, StaticChange> apply, Func<ClusterOptions, bool> isRenewed, Terminal terminal, TimeProvider time)
{
    private readonly Lock _gate = new();
    private ConfigurationResult _running = source.First;
    private ReloadView _last = new(source.Options.File, 1, "started", time.GetUtcNow(), time.GetUtcNow(), "start", [], null, 0, 0);

    /// <summary>The last attempt.</summary>
    public ReloadView Last => Volatile.Read(ref _last);

    /// <summary>Reads the file and takes it over, or refuses it. Any thread may call it; attempts follow one another.</summary>
    /// <param name="trigger">What caused it: <c>file</c>, <c>signal</c> or <c>api</c>.</param>
    public ReloadView Reload(string trigger)
    {
        lock (_gate)
        {
            var outcome = Attempt(trigger);
            Volatile.Write(ref _last, outcome);
            return outcome;
        }
    }

    private ReloadView Attempt(string trigger)
    {
        // 1.
        var read = source.Read();
        if (read.Cluster is null)
        {
            return Refuse(trigger, DiagnosticRenderer.Render(read.Diagnostics).TrimEnd());
        }

        // 2.
        var changes = ConfigurationChanges.Between(_running, read);
        var paths = changes.Select(change => change.Path).ToList();
        if (changes.Count == 0 && isRenewed(read.Cluster))
        {
            paths.Add("gateway.tls.certificates");
        }

        if (paths.Count == 0)
        {
            // A file that was touched, and says what it said, is no news.
            return trigger == "file" && _last.Error is null ? _last
                : _last with { Outcome = "unchanged", At = time.GetUtcNow(), Trigger = trigger, Changes = [], Error = null };
        }

        // 3.
        var fixedPaths = changes.Where(change => change.NeedsRestart).Select(change => change.Path).ToList();
        if (fixedPaths.Count > 0)
        {
            return Refuse(trigger, $"a restart is needed to change {string.Join(", ", fixedPaths)}; nothing was changed");
        }

        // 4.
        StaticChange endpoints;
        try
        {
            endpoints = apply(source.Adapt(read.Cluster));
        }
        catch (CommandException problem)
        {
            return Refuse(trigger, problem.Help is { } help ? $"{problem.Message}; {help}" : problem.Message);
        }

        var now = time.GetUtcNow();
        _running = read;
        var applied = _last with
        {
            Version = _last.Version + 1,
            Outcome = "applied",
            At = now,
            InForceSince = now,
            Trigger = trigger,
            Changes = paths,
            Error = null,
            Applied = _last.Applied + 1,
        };
        terminal.Progress(
            $"reloaded {applied.File}: version {applied.Version}, {Counted(paths.Count, "change")}, endpoints +{endpoints.Added} -{endpoints.Removed}");
        return applied;
    }

    private ReloadView Refuse(string trigger, string error)
    {
        if (error != _last.Error)
        {
            terminal.Progress($"{_last.File} was not reloaded, version {_last.Version} stays in force:");
            terminal.ErrorLine(error);
        }

        return _last with
        {
            Outcome = "refused", At = time.GetUtcNow(), Trigger = trigger, Changes = [], Error = error, Refused = _last.Refused + 1,
        };
    }

    private static string Counted(int count, string noun) => count == 1 ? $"1 {noun}" : $"{count} {noun}s";
}

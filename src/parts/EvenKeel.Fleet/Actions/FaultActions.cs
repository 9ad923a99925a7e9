using EvenKeel.Fleet.Instances;

namespace EvenKeel.Fleet.Actions;

/// <summary>Kills, pauses and resumes instances, and proves that it happened.</summary>
internal sealed class FaultActions(FleetContext fleet, Roster roster, ActionDesk desk)
{
    /// <summary>The longest wait for a signal to show its effect.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    private delegate void Change(Instance instance, Action<bool?> confirmed);

    /// <summary>SIGKILL to all sessions before any is waited for; done when none of their processes is left.</summary>
    public Task<IReadOnlyList<ActionReceipt>> KillAsync(IReadOnlyCollection<string> names, CancellationToken cancellationToken)
    {
        List<(Instance Instance, InstanceLife Life, ActionReceipt Receipt)> killed = [];
        return desk.DoAsync<IReadOnlyList<ActionReceipt>>(
            () =>
            {
                var targets = roster.Find(names);
                Refuse(targets, "kill", instance => instance.Life is { Exit: null } ? null : "it has no process");
                killed.AddRange(targets.Select(instance => (instance, instance.Life!, Receipt(instance))));
                var signalled = fleet.Clock;
                foreach (var (instance, _, receipt) in killed)
                {
                    instance.Kill(receipt.Pids);
                }

                return () => killed.All(kill => kill.Life.GoneAt is not null)
                    ? [.. killed.Select(kill => kill.Receipt with { Signalled = signalled, Confirmed = kill.Life.GoneAt })]
                    : null;
            },
            Limit,
            () => new InstanceActionException(
            [
                .. killed.Where(kill => kill.Life.GoneAt is null)
                    .Select(kill => $"{kill.Instance.Name} was killed, but of its session there are left: {Pids(kill.Life)}"),
            ]),
            cancellationToken);
    }

    /// <summary>SIGSTOP to all sessions; done when all their processes are observed to be frozen.</summary>
    public Task<IReadOnlyList<ActionReceipt>> PauseAsync(IReadOnlyCollection<string> names, CancellationToken cancellationToken) =>
        ChangeAsync(
            names,
            "pause",
            instance => instance.State switch
            {
                InstanceState.Starting or InstanceState.Ready or InstanceState.Unready => null,
                InstanceState.Paused => "it is paused already",
                _ => "it has no process that could be paused",
            },
            (instance, confirmed) => instance.Pause(confirmed),
            instance => instance.AbandonPause(),
            cancellationToken);

    /// <summary>SIGCONT to all sessions; done when none of their processes is frozen any more.</summary>
    public Task<IReadOnlyList<ActionReceipt>> ResumeAsync(IReadOnlyCollection<string> names, CancellationToken cancellationToken) =>
        ChangeAsync(
            names,
            "resume",
            instance => instance.State == InstanceState.Paused ? null : "it is not paused",
            (instance, confirmed) => instance.Resume(confirmed),
            _ => { },
            cancellationToken);

    private static string Pids(InstanceLife life) => string.Join(", ", life.Process.Members());

    private static void Refuse(IReadOnlyList<Instance> targets, string verb, Func<Instance, string?> why)
    {
        var refused = targets.Select(instance => (instance, reason: why(instance))).Where(pair => pair.reason is not null).ToList();
        if (refused.Count > 0)
        {
            throw new InstanceActionException(
            [
                .. refused.Select(pair =>
                    $"Cannot {verb} {pair.instance.Name}: {pair.reason} ({pair.instance.State.ToString().ToLowerInvariant()})."),
            ]) { IsRefusal = true };
        }
    }

    private Task<IReadOnlyList<ActionReceipt>> ChangeAsync(
        IReadOnlyCollection<string> names,
        string verb,
        Func<Instance, string?> whyNot,
        Change change,
        Action<Instance> abandon,
        CancellationToken cancellationToken)
    {
        List<(Instance Instance, InstanceLife Life)> targets = [];
        Dictionary<Instance, ActionReceipt> receipts = [];
        return desk.DoAsync<IReadOnlyList<ActionReceipt>>(
            () =>
            {
                var found = roster.Find(names);
                Refuse(found, verb, whyNot);
                targets.AddRange(found.Select(instance => (instance, instance.Life!)));
                foreach (var instance in found)
                {
                    var receipt = Receipt(instance) with { Signalled = fleet.Clock };
                    change(instance, seen => receipts[instance] = receipt with { Confirmed = seen is null ? null : fleet.Clock });
                }

                return () =>
                {
                    var lost = targets.Where(target => target.Life.Exit is not null && !receipts.ContainsKey(target.Instance)).ToList();
                    return lost.Count > 0
                        ? throw new InstanceActionException([.. lost.Select(target => $"{target.Instance.Name} ended before the {verb} was seen.")])
                        : receipts.Count == found.Count ? [.. found.Select(instance => receipts[instance])] : null;
                };
            },
            Limit,
            () =>
            {
                var late = targets.Where(target => !receipts.ContainsKey(target.Instance)).ToList();
                late.ForEach(target => abandon(target.Instance));
                return new InstanceActionException(
                    [.. late.Select(target => $"The {verb} of {target.Instance.Name} was not seen within {Limit.TotalSeconds} s (pids {Pids(target.Life)}).")]);
            },
            cancellationToken);
    }

    private ActionReceipt Receipt(Instance instance) =>
        new(instance.Name, instance.Generation, instance.Life!.Process.Members(), fleet.Clock, null);
}

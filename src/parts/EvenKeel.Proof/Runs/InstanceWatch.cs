using EvenKeel.Proof.Clocks;
using EvenKeel.Proof.Systems;

namespace EvenKeel.Proof.Runs;

/// <summary>Follows the state changes of instances: keeps the timeline, tells the narrator, and says when an instance became ready.</summary>
internal sealed class InstanceWatch(ISystemUnderTest system, RunClock clock, Narrator narrator)
{
    private readonly Lock _gate = new();
    private readonly List<InstanceChange> _changes = [];

    /// <summary>All changes so far, in order.</summary>
    public IReadOnlyList<InstanceChange> Changes
    {
        get
        {
            lock (_gate)
            {
                return [.. _changes];
            }
        }
    }

    /// <summary>Follows until the system's events end or the token is cancelled.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        try
        {
            await foreach (var change in system.Events.ReadAllAsync(stop).ConfigureAwait(false))
            {
                var at = clock.At(change.Timestamp);
                lock (_gate)
                {
                    _changes.Add(new InstanceChange(at, change.Instance, change.State, change.Detail));
                }

                await narrator.TellAsync(at, "instance", change.Instance, change.State.ToString().ToLowerInvariant(), change.Detail).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The scenario is over.
        }
    }

    /// <summary>When every one of the instances was ready after a time; null when one was not seen to be.</summary>
    public TimeSpan? ReadyAfter(IReadOnlyList<string> instances, TimeSpan after)
    {
        var changes = Changes;
        TimeSpan? last = TimeSpan.Zero;
        foreach (var instance in instances)
        {
            var ready = changes.FirstOrDefault(change => change.Instance == instance && change.State == InstanceCondition.Ready && change.At >= after);
            last = ready is null || last is null ? null : ready.At > last ? ready.At : last;
        }

        return last;
    }

    /// <summary>Waits until every instance is ready and the given ones were seen to become so after a time.</summary>
    /// <returns>Null, or which instances were not ready when the limit was up.</returns>
    public async Task<string?> WaitReadyAsync(IReadOnlyDictionary<string, TimeSpan> after, TimeSpan limit, CancellationToken cancellationToken)
    {
        var deadline = clock.Now + limit;
        using var up = new CancellationTokenSource(limit, clock.Time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(up.Token, cancellationToken);
        var said = clock.Now;
        var ready = system.WaitUntilReadyAsync(both.Token);
        while (!ready.IsCompleted || after.Any(target => ReadyAfter([target.Key], target.Value) is null))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (clock.Now >= deadline || ready.IsFaulted)
            {
                await ready.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                return Missing() + (ready.Exception?.InnerException is { } cause ? $" ({cause.Message})" : "");
            }

            if (clock.Now - said >= TimeSpan.FromSeconds(9))
            {
                said = clock.Now;
                narrator.Say("wait", $"for {Missing()}, at most {Quantities.Show(deadline - clock.Now)} more");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20), clock.Time, cancellationToken).ConfigureAwait(false);
        }

        if (ready.IsCompletedSuccessfully)
        {
            return null;
        }

        cancellationToken.ThrowIfCancellationRequested();
        return Missing() + (ready.Exception?.InnerException is { } failure ? $" ({failure.Message})" : "");
    }

    private string Missing()
    {
        var missing = system.Instances.Where(instance => instance.State != InstanceCondition.Ready)
            .Select(instance => $"{instance.Name} {instance.State.ToString().ToLowerInvariant()}");
        return string.Join(", ", missing) is { Length: > 0 } names ? names : "the instances";
    }
}

using EvenKeel.Configuration.Model;
using EvenKeel.Proof.Clocks;
using EvenKeel.Proof.Systems;

namespace EvenKeel.Proof.Faults;

/// <summary>
/// Injects planned faults at their times and undoes pauses. Whatever happens, be it an exception or a cancellation, <see cref="DisposeAsync"/> lets
/// every instance that may be paused run again before it returns.
/// </summary>
internal sealed class FaultInjector(ISystemUnderTest system, FaultJournal journal, RunClock clock, Action<FaultRecord> changed) : IAsyncDisposable
{
    /// <summary>How long an effect, or its undoing, may take to be observed.</summary>
    public static readonly TimeSpan ConfirmationLimit = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private readonly SortedDictionary<int, FaultRecord> _records = [];
    private readonly Dictionary<int, PlannedFault> _open = [];

    /// <summary>What became of the faults so far, in the order of the plan.</summary>
    public IReadOnlyList<FaultRecord> Records
    {
        get
        {
            lock (_gate)
            {
                return [.. _records.Values];
            }
        }
    }

    /// <summary>Injects all faults at their times from now on, and returns when the last has been undone.</summary>
    public Task RunAsync(IReadOnlyList<PlannedFault> plan, CancellationToken cancellationToken)
    {
        var start = clock.Now;
        return Task.WhenAll(plan.Select(fault => InjectAsync(fault, start, cancellationToken)));
    }

    /// <summary>Undoes every pause that is still in force.</summary>
    public async ValueTask DisposeAsync()
    {
        PlannedFault[] left;
        lock (_gate)
        {
            left = [.. _open.Values];
        }

        foreach (var fault in left)
        {
            await UndoAsync(fault).ConfigureAwait(false);
        }
    }

    private async Task InjectAsync(PlannedFault fault, TimeSpan start, CancellationToken cancellationToken)
    {
        await UntilAsync(start + fault.At, cancellationToken).ConfigureAwait(false);
        journal.Intend(fault);
        lock (_gate)
        {
            _open[fault.Number] = fault;
        }

        var injectedAt = clock.Now;
        var confirmations = await ConfirmAsync(
            fault, fault.Kind == FaultKind.Kill ? system.KillAsync : system.PauseAsync, cancellationToken).ConfigureAwait(false);
        var confirmed = fault.Targets.All(target => confirmations.Any(confirmation => confirmation.Instance == target && confirmation.Confirmed));
        Set(new FaultRecord(fault, injectedAt, confirmations)
        {
            ConfirmedAt = confirmed ? clock.At(confirmations.Max(confirmation => confirmation.Timestamp)) : null,
        });
        if (fault.Kind == FaultKind.Pause)
        {
            await UntilAsync(injectedAt + fault.For, cancellationToken).ConfigureAwait(false);
        }

        await UndoAsync(fault).ConfigureAwait(false);
    }

    /// <summary>
    /// A kill needs no undoing (the fleet replaces the instance); a pause is lifted, under a limit of its own so that a cancelled run does
    /// it too.
    /// </summary>
    private async Task UndoAsync(PlannedFault fault)
    {
        if (fault.Kind == FaultKind.Pause)
        {
            var confirmations = await ConfirmAsync(fault, system.ResumeAsync, CancellationToken.None).ConfigureAwait(false);
            if (!fault.Targets.All(target => confirmations.Any(confirmation => confirmation.Instance == target && confirmation.Confirmed)))
            {
                // Not cleared in the journal: the instance may still stand still, and the journal is how the user finds it.
                return;
            }

            if (Records.FirstOrDefault(record => record.Plan.Number == fault.Number) is { } record)
            {
                Set(record with { UndoneAt = clock.Now });
            }
        }

        lock (_gate)
        {
            _open.Remove(fault.Number);
        }

        journal.Clear(fault);
    }

    private async Task<IReadOnlyList<FaultConfirmation>> ConfirmAsync(
        PlannedFault fault, Func<IReadOnlyList<string>, CancellationToken, Task<IReadOnlyList<FaultConfirmation>>> act, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(ConfirmationLimit, clock.Time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            // A system that does not heed the token must not hold the run.
            return await act(fault.Targets, both.Token).WaitAsync(ConfirmationLimit + ConfirmationLimit, clock.Time, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            var reason = exception is OperationCanceledException or TimeoutException
                ? $"not observed within {Quantities.Show(ConfirmationLimit)}"
                : exception.Message;
            var now = clock.Time.GetTimestamp();
            return [.. fault.Targets.Select(target => new FaultConfirmation(target, false, now, reason))];
        }
    }

    /// <summary>Waits until a time, never less: timers count in whole milliseconds of another clock and may end a little early.</summary>
    private async Task UntilAsync(TimeSpan at, CancellationToken cancellationToken)
    {
        while (at - clock.Now is var left && left > TimeSpan.Zero)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(Math.Ceiling(left.TotalMilliseconds)), clock.Time, cancellationToken).ConfigureAwait(false);
        }
    }

    private void Set(FaultRecord record)
    {
        lock (_gate)
        {
            _records[record.Plan.Number] = record;
        }

        changed(record);
    }
}

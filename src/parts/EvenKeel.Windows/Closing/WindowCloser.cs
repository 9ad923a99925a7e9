using EvenKeel.Windows.Batches;
using EvenKeel.Windows.Metrics;
using EvenKeel.Windows.Options;
using Npgsql;

namespace EvenKeel.Windows.Closing;

/// <summary>
/// Closes the windows whose time has come, all of them, however long nobody did. Any number of closers may run on any number of machines:
/// <list type="number">
/// <item>Claim: open windows past their grace whose claims, if any, have run out. The claim raises the fence of each.</item>
/// <item>Barriers: wait until every transaction that put events into the windows has ended; later ones wait for this one.</item>
/// <item>Fences: mark those windows closed that are open and whose fence is still ours. Of the others nothing is stored.</item>
/// <item>Results: revision 1 from the raw events, and the outbox entry of each.</item>
/// </list>
/// 2 to 4 are one transaction for as many windows as take about a tenth of a second. The clock is the database's: the clocks of the closers do
/// not matter. A transaction that takes events in and is paused holds up all windows that share a transaction with its own.
/// </summary>
/// <param name="database">The database of the events.</param>
/// <param name="options">The stream.</param>
/// <param name="holder">Who claims, for people who look at the table.</param>
/// <param name="time">Measures transactions.</param>
/// <param name="gate">Saves work, or null.</param>
/// <param name="metrics">Told of what happened, or null.</param>
public sealed class WindowCloser(
    NpgsqlDataSource database, WindowOptions options, string holder, TimeProvider time, IWindowGate? gate = null, WindowMetrics? metrics = null)
{
    private readonly ClaimStatement _claim = new(database, options, holder);
    private readonly CloseStatement _close = new(options);
    private readonly BatchSize _size = new(options.Batch);

    /// <summary>Closes what is due, up to <see cref="WindowOptions.Batch"/> windows. Not twice at a time.</summary>
    /// <returns>How many windows were closed; 0 means that nothing was left to do for this closer.</returns>
    public async Task<int> RunOnceAsync(CancellationToken cancellationToken)
    {
        if (gate is null)
        {
            List<ClaimedWindow> claimed = await _claim.ClaimAsync(_size.Current, cancellationToken).ConfigureAwait(false);
            return await CloseAllAsync(claimed, cancellationToken).ConfigureAwait(false);
        }

        List<WindowKey> due = await _claim.FindAsync(_size.Current, cancellationToken).ConfigureAwait(false);
        return due.Count == 0 ? 0 : await CloseGatedAsync(gate, due, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Claims windows that are due, the oldest first; nobody else gets them until the lease has run out.</summary>
    public async Task<IReadOnlyList<ClaimedWindow>> ClaimAsync(CancellationToken cancellationToken) =>
        await _claim.ClaimAsync(options.Batch, cancellationToken).ConfigureAwait(false);

    /// <summary>Closes a claimed window.</summary>
    public async Task<CloseOutcome> CloseAsync(ClaimedWindow window, CancellationToken cancellationToken) =>
        await CloseTogetherAsync([window], cancellationToken).ConfigureAwait(false) == 1 ? CloseOutcome.Closed : CloseOutcome.FencedOff;

    // Without claims of its own whoever passes the gate would be refused: the gate comes first, then the claim. All are asked for at once, so that
    // a gate that is a server far away costs one round trip and not one for each window.
    private async Task<int> CloseGatedAsync(IWindowGate gate, List<WindowKey> due, CancellationToken cancellationToken)
    {
        Task<IAsyncDisposable?>[] entering = [.. due.Select(window => gate.TryEnterAsync(window, cancellationToken).AsTask())];
        try
        {
            IAsyncDisposable?[] passes = await Task.WhenAll(entering).ConfigureAwait(false);
            WindowKey[] inside = [.. due.Where((_, place) => passes[place] is not null)];
            metrics?.Skipped(options.Stream, due.Count - inside.Length);
            return inside.Length == 0
                ? 0
                : await CloseAllAsync(await _claim.ClaimAsync(inside, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            await Task.WhenAll(entering
                .Where(one => one.IsCompletedSuccessfully && one.Result is not null)
                .Select(one => one.Result!.DisposeAsync().AsTask())).ConfigureAwait(false);
        }
    }

    private Task<int> CloseAllAsync(List<ClaimedWindow> claimed, CancellationToken cancellationToken) =>
        claimed.Count == 0 ? Task.FromResult(0) : Halving.RunAsync(claimed, some => CloseTogetherAsync(some, cancellationToken));

    private async Task<int> CloseTogetherAsync(IReadOnlyList<ClaimedWindow> windows, CancellationToken cancellationToken)
    {
        await using NpgsqlConnection connection = await database.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        long start = time.GetTimestamp();
        TimeSpan? elapsed = null;
        try
        {
            (IReadOnlyCollection<TimeSpan> delays, elapsed) = await _close.RunAsync(connection, windows, cancellationToken).ConfigureAwait(false);
            metrics?.Closed(options.Stream, delays);
            metrics?.FencedOff(options.Stream, windows.Count - delays.Count);
            return delays.Count;
        }
        finally
        {
            // A wait at the barriers says nothing of how many windows are too many.
            _size.Learn(windows.Count, elapsed ?? time.GetElapsedTime(start));
        }
    }
}

using EvenKeel.Locks.Stores;
using EvenKeel.Locks.Telemetry;
using Microsoft.Extensions.Logging;

namespace EvenKeel.Locks.Leases;

/// <summary>Watches one lease: fires the token of loss before the lease can have ended, and renews it when asked to.</summary>
internal sealed class LeaseKeeper : IAsyncDisposable
{
    private static readonly TimeSpan Never = Timeout.InfiniteTimeSpan;
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _lost = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly ILockStore _store;
    private readonly LockGrant _grant;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly ITimer _timer;
    private readonly Task _renewing;
    private LeaseTerm _term;
    private bool _over;

    public LeaseKeeper(ILockStore store, LockGrant grant, LeaseTerm term, bool renew, TimeProvider time, ILogger logger)
    {
        _store = store;
        _grant = grant;
        _term = term;
        _time = time;
        _logger = logger;
        _timer = time.CreateTimer(static keeper => ((LeaseKeeper)keeper!).Look(), this, Never, Never);
        _renewing = renew ? Task.Run(RenewAsync) : Task.CompletedTask;
        Look();
    }

    /// <summary>Cancelled when the lease may be over and was not released.</summary>
    public CancellationToken Lost => _lost.Token;

    /// <summary>What is left of the lease; zero when it is over.</summary>
    public TimeSpan Left
    {
        get
        {
            lock (_gate)
            {
                TimeSpan left = _over ? TimeSpan.Zero : _term.Left(_time);
                return left > TimeSpan.Zero ? left : TimeSpan.Zero;
            }
        }
    }

    /// <summary>The holder gives the lease up: it cannot be lost from here on.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            _over = true;
        }

        await _stop.CancelAsync().ConfigureAwait(false);
        await _timer.DisposeAsync().ConfigureAwait(false);
        await _renewing.ConfigureAwait(false);
    }

    /// <summary>Sets the timer on the end of the lease, or finds that it has come.</summary>
    private void Look()
    {
        lock (_gate)
        {
            if (_over)
            {
                return;
            }

            TimeSpan left = _term.Left(_time);
            if (left > TimeSpan.Zero)
            {
                // Timers count whole milliseconds and may be early by a part of one; then this looks again.
                _timer.Change(left, Never);
                return;
            }
        }

        Lose("expired", "it was not released or renewed before its end");
    }

    private void Lose(string reason, string words)
    {
        lock (_gate)
        {
            if (_over)
            {
                return;
            }

            _over = true;
        }

        LockMetrics.Lost(_store.Provider, reason);
        LockLog.Lost(_logger, _grant.Name, _grant.Token, words);

        // The callbacks are the caller's code: they run on the pool, and their exceptions are theirs.
        _ = _lost.CancelAsync();
    }

    private async Task RenewAsync()
    {
        try
        {
            while (!_stop.IsCancellationRequested && Left > TimeSpan.Zero)
            {
                TimeSpan pause = _term.UntilRenewal(_time);
                if (pause > TimeSpan.Zero)
                {
                    await Task.Delay(pause, _time, _stop.Token).ConfigureAwait(false);
                }

                await RenewOnceAsync().ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // The only canceller is DisposeAsync.
        }
    }

    private async Task RenewOnceAsync()
    {
        long asked = _time.GetTimestamp();
        try
        {
            if (!await _store.RenewAsync(_grant.Name, _grant.Owner, _grant.Token, _term.Lease, _stop.Token).ConfigureAwait(false))
            {
                Lose("refused", "the server says that it is over");
                return;
            }

            lock (_gate)
            {
                _term = _term with { Asked = asked };
            }

            Look();
        }
        catch (LockStoreException)
        {
            // Whether it was renewed is not known: the term stays as it was, and the server is asked again, often enough until its end.
            await Task.Delay(_term.Lease / 20, _time, _stop.Token).ConfigureAwait(false);
        }
    }
}

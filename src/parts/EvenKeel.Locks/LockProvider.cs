using System.Collections.Concurrent;
using System.Security.Cryptography;
using EvenKeel.Locks.Errors;
using EvenKeel.Locks.Leases;
using EvenKeel.Locks.Stores;
using EvenKeel.Locks.Telemetry;
using EvenKeel.Locks.Waiting;
using Microsoft.Extensions.Logging;

namespace EvenKeel.Locks;

/// <summary>The one way of waiting for, holding and giving up locks, over either kind of server.</summary>
internal sealed class LockProvider : ILockProvider
{
    private const int ReleaseAttempts = 3;
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(20);
    private readonly ConcurrentDictionary<Task, bool> _leaving = new();
    private readonly ILockStore _store;
    private readonly WaiterTable _waiters;
    private readonly LockProviderOptions _options;
    private readonly string _client;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Random _random = new(RandomNumberGenerator.GetInt32(int.MaxValue));
    private long _lastNumber;
    private int _disposed;

    public LockProvider(ILockStore store, WaiterTable waiters, LockProviderOptions options, string client, TimeProvider time, ILogger logger)
    {
        _store = store;
        _waiters = waiters;
        _options = options;
        _client = client;
        _time = time;
        _logger = logger;
    }

    /// <summary>A name for a client: nobody else has it.</summary>
    public static string NewClient() => RandomNumberGenerator.GetHexString(32, lowercase: true);

    public async Task<LockHandle?> TryAcquireAsync(string name, LockOptions? options, CancellationToken cancellationToken)
    {
        LockName.Check(name);
        options ??= LockOptions.Default;
        options.Validate();
        cancellationToken.ThrowIfCancellationRequested();
        ObjectDisposedException.ThrowIf(Volatile.Read(ref _disposed) != 0, this);
        string owner = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{_client}:{Interlocked.Increment(ref _lastNumber)}");
        Waiter waiter = _waiters.TryAdd(owner)
            ?? throw new LockUnavailableException($"The lock '{name}' was not asked for: {_options.MaxWaiters} callers already wait for locks here, which is the limit.");
        long start = _time.GetTimestamp();
        string outcome = "error";
        LockMetrics.Waiting(_store.Provider, 1);
        try
        {
            LockHandle? handle = await WaitAsync(name, owner, waiter, options, start, cancellationToken).ConfigureAwait(false);
            outcome = handle is null ? "timeout" : "acquired";
            return handle;
        }
        catch (OperationCanceledException)
        {
            outcome = "cancelled";
            throw;
        }
        finally
        {
            _waiters.Remove(owner);
            LockMetrics.Waiting(_store.Provider, -1);
            LockMetrics.Acquired(_store.Provider, _time.GetElapsedTime(start), outcome);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            await Task.WhenAll(_leaving.Keys).ConfigureAwait(false);
            await _store.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>
    /// 1. Ask. A grant whose lease is certainly not over yet is the caller's. 2. When the answer is lost ask again as the same owner: whichever of the
    /// two was executed, there is one grant. 3. When somebody else is first, sleep until it is this caller's turn, the holder's lease
    /// has ended, or it is time to look. 4. On every other way out give up the place, and a grant that was made unknowingly.
    /// </summary>
    private async Task<LockHandle?> WaitAsync(
        string name, string owner, Waiter waiter, LockOptions options, long start, CancellationToken cancellationToken)
    {
        string key = _options.Prefix + name;
        TimeSpan patience = options.Wait == TimeSpan.Zero ? TimeSpan.Zero : _options.LookInterval * 3;
        bool contended = false;
        bool mustLeave = false;
        try
        {
            for (int failures = 0; ;)
            {
                Task turn = waiter.Next();
                long asked = _time.GetTimestamp();
                TimeSpan pause;
                LockStoreException? failure = null;
                try
                {
                    mustLeave = true;
                    LockAttempt answer = await _store.AcquireAsync(key, owner, options.Lease, patience, cancellationToken).ConfigureAwait(false);
                    failures = 0;
                    var term = new LeaseTerm(asked, options.Lease, _options.ClockDrift);
                    if (answer.Token > 0 && term.Left(_time) > TimeSpan.Zero)
                    {
                        mustLeave = false;
                        return Hold(name, new LockGrant(key, owner, answer.Token), term, options.Renew);
                    }

                    mustLeave = answer.Token > 0 || patience > TimeSpan.Zero;

                    // A grant that came when its lease was over met nobody.
                    contended = contended || (answer.Token == 0 && Count());
                    if (answer.Token > 0 || (patience > TimeSpan.Zero && !await _store.ListenAsync(cancellationToken).ConfigureAwait(false)))
                    {
                        pause = TimeSpan.Zero;
                    }
                    else
                    {
                        pause = Sleep(answer);
                    }
                }
                catch (LockStoreException error) when (!error.IsLasting)
                {
                    failure = error;
                    pause = FirstPause * Math.Pow(2, Math.Min(failures++, 6));
                }

                // 5. Whoever may not wait has asked once.
                TimeSpan left = options.Wait - _time.GetElapsedTime(start);
                if (left <= TimeSpan.Zero)
                {
                    return failure is null ? null : throw Unavailable(name, failure);
                }

                await SleepAsync(failure is null ? turn : null, pause < left ? pause : left, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (LockStoreException error)
        {
            throw Unavailable(name, error);
        }
        finally
        {
            if (mustLeave)
            {
                Leave(key, owner);
            }
        }
    }

    private bool Count()
    {
        LockMetrics.Contended(_store.Provider);
        return true;
    }

    /// <summary>The first in the queue looks at the end of the holder's lease, since nobody tells of that; everyone looks now and then.</summary>
    private TimeSpan Sleep(LockAttempt answer)
    {
        TimeSpan look;
        lock (_random)
        {
            look = _options.LookInterval * (0.8 + (0.4 * _random.NextDouble()));
        }

        TimeSpan end = answer.Remaining + TimeSpan.FromMilliseconds(1);
        return answer.Ahead == 0 && answer.Remaining > TimeSpan.Zero && end < look ? end : look;
    }

    private async Task SleepAsync(Task? turn, TimeSpan pause, CancellationToken cancellationToken)
    {
        if (pause <= TimeSpan.Zero)
        {
            return;
        }

        if (turn is null)
        {
            await Task.Delay(pause, _time, cancellationToken).ConfigureAwait(false);
            return;
        }

        try
        {
            await turn.WaitAsync(pause, _time, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // Time to look.
        }
    }

    private LockHandle Hold(string name, LockGrant grant, LeaseTerm term, bool renew)
    {
        long since = _time.GetTimestamp();
        var keeper = new LeaseKeeper(_store, grant, term, renew, _time, _logger);
        return new LockHandle(name, new FencingToken(grant.Token), keeper, async () =>
        {
            await keeper.DisposeAsync().ConfigureAwait(false);
            LockMetrics.Held(_store.Provider, _time.GetElapsedTime(since));
            return await ReleaseAsync(grant.Name, grant.Owner, grant.Token).ConfigureAwait(false);
        });
    }

    /// <summary>Gives up in the background: whoever gives up waiting does not wait for that.</summary>
    private void Leave(string key, string owner)
    {
        Task leaving = ReleaseAsync(key, owner, 0);
        _leaving[leaving] = true;
        _ = leaving.ContinueWith(done => _leaving.TryRemove(done, out _), TaskScheduler.Default);
    }

    private async Task<LockRelease> ReleaseAsync(string key, string owner, long token)
    {
        bool askedBefore = false;
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                bool released = await _store.ReleaseAsync(key, owner, token, CancellationToken.None).ConfigureAwait(false);

                // The answer to the second attempt cannot tell whether the first one released it or the lease was over before.
                return released ? LockRelease.Released : askedBefore ? LockRelease.Unknown : LockRelease.NotHeld;
            }
            catch (LockStoreException error)
            {
                if (attempt == ReleaseAttempts || error.IsLasting)
                {
                    LockLog.ReleaseFailed(_logger, key, error.Message);
                    return LockRelease.Unknown;
                }

                askedBefore = true;
                await Task.Delay(FirstPause * Math.Pow(4, attempt), _time, CancellationToken.None).ConfigureAwait(false);
            }
        }
    }

    private static LockUnavailableException Unavailable(string name, LockStoreException error) =>
        new($"The lock '{name}' is not held: {error.Message}", error.InnerException);
}

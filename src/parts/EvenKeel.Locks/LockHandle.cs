using EvenKeel.Locks.Leases;

namespace EvenKeel.Locks;

/// <summary>A lock that is held, until it is released or its lease ends.</summary>
public sealed class LockHandle : IAsyncDisposable
{
    private readonly LeaseKeeper _keeper;
    private readonly Func<Task<LockRelease>> _release;
    private readonly Lock _gate = new();
    private Task<LockRelease>? _releasing;

    internal LockHandle(string name, FencingToken token, LeaseKeeper keeper, Func<Task<LockRelease>> release)
    {
        Name = name;
        Token = token;
        _keeper = keeper;
        _release = release;
    }

    /// <summary>The lock's name.</summary>
    public string Name { get; }

    /// <summary>What the protected resource has to compare: see <see cref="Postgres.PostgresFence"/> and <see cref="Redis.StateFence"/>.</summary>
    public FencingToken Token { get; }

    /// <summary>
    /// Cancelled when the lease may be over while the lock was not released: before it can have ended at the server, as far as the clocks agree. A
    /// process that does not run cannot be told; only the fence protects from what it does next. It is not cancelled by a release.
    /// </summary>
    public CancellationToken Lost => _keeper.Lost;

    /// <summary>What is certainly left of the lease; zero once it is lost or released.</summary>
    public TimeSpan Left => _keeper.Left;

    /// <summary>Gives the lock back; once, however often it is called. It never takes the lock from a later holder.</summary>
    public Task<LockRelease> ReleaseAsync()
    {
        lock (_gate)
        {
            return _releasing ??= _release();
        }
    }

    /// <summary>Releases.</summary>
    public async ValueTask DisposeAsync() => await ReleaseAsync().ConfigureAwait(false);
}

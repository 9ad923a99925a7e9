namespace EvenKeel.Locks.Stores;

/// <summary>
/// Where locks are kept. Every operation is one atomic step at the server, may be repeated without harm, and fails with
/// <see cref="LockStoreException"/> only. An owner is one caller: the client's part, a colon, a number.
/// </summary>
internal interface ILockStore : IAsyncDisposable
{
    /// <summary>The word for this store in metrics.</summary>
    string Provider { get; }

    /// <summary>Takes the lock, or a place in the queue for as long as <paramref name="patience"/> unless that is 0. A holder gets its token again.</summary>
    Task<LockAttempt> AcquireAsync(string name, string owner, TimeSpan lease, TimeSpan patience, CancellationToken cancellationToken);

    /// <summary>Gives the holder a whole lease from the server's now. False when that grant is over.</summary>
    Task<bool> RenewAsync(string name, string owner, long token, TimeSpan lease, CancellationToken cancellationToken);

    /// <summary>Gives the lock and the place in the queue up; token 0 for any grant of the owner. False when the owner did not hold it.</summary>
    Task<bool> ReleaseAsync(string name, string owner, long token, CancellationToken cancellationToken);

    /// <summary>Begins to wake the waiters of this client when it is their turn.</summary>
    /// <returns>True when that was in force before; false when it has just begun, or could not: then a turn may have been missed.</returns>
    ValueTask<bool> ListenAsync(CancellationToken cancellationToken);
}

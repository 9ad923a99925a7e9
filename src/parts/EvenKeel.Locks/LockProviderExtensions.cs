using EvenKeel.Locks.Errors;

namespace EvenKeel.Locks;

/// <summary>A lock or an exception.</summary>
public static class LockProviderExtensions
{
    /// <summary>Takes a lock as <see cref="ILockProvider.TryAcquireAsync"/> does.</summary>
    /// <exception cref="LockTimeoutException">Somebody else held the lock for all of the wait.</exception>
    /// <inheritdoc cref="ILockProvider.TryAcquireAsync"/>
    public static async Task<LockHandle> AcquireAsync(this ILockProvider provider, string name, LockOptions? options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(provider);
        return await provider.TryAcquireAsync(name, options, cancellationToken).ConfigureAwait(false)
            ?? throw new LockTimeoutException(name, (options ?? LockOptions.Default).Wait);
    }
}

using EvenKeel.Locks.Errors;

namespace EvenKeel.Locks;

/// <summary>
/// Exclusive locks by name. A lock is a lease: it ends by itself, and its holder cannot know in time that it has ended. Each grant therefore
/// carries a fencing token, and what the lock protects has to refuse writes with a lower token than it has seen.
/// </summary>
public interface ILockProvider : IAsyncDisposable
{
    /// <summary>Takes a lock, waiting for it as long as the options say.</summary>
    /// <param name="name">1 to 200 characters: letters and digits of ASCII and <c>. _ : / -</c>.</param>
    /// <param name="options">Times; the defaults when null.</param>
    /// <param name="cancellationToken">Gives up waiting and the place in the queue.</param>
    /// <returns>The handle, or null when somebody else held the lock for all of the wait.</returns>
    /// <exception cref="ArgumentException">The name or a time is out of range; the message says which.</exception>
    /// <exception cref="LockUnavailableException">The server could not be asked, or there are too many waiters here.</exception>
    Task<LockHandle?> TryAcquireAsync(string name, LockOptions? options, CancellationToken cancellationToken);
}

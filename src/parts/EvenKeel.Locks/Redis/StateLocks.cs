using EvenKeel.Locks.Waiting;
using EvenKeel.State;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace EvenKeel.Locks.Redis;

/// <summary>
/// Locks on a state node or a Redis (6.2 or later). They save work that need not be done twice. They do not keep it from being done twice: a
/// Redis that fails over may forget a grant, and its leases follow a wall clock. Where two holders would do harm, the resource has to check the token.
/// </summary>
public static class StateLocks
{
    /// <summary>Makes a provider.</summary>
    /// <param name="client">The connection, which stays the caller's.</param>
    /// <param name="options">The defaults when null.</param>
    /// <param name="time">The clock of leases and waits; the system's by default.</param>
    /// <param name="logger">Told of lost leases; nobody by default.</param>
    public static ILockProvider Create(StateClient client, LockProviderOptions? options = null, TimeProvider? time = null, ILogger? logger = null)
    {
        ArgumentNullException.ThrowIfNull(client);
        options ??= new LockProviderOptions();
        options.Validate();
        logger ??= NullLogger.Instance;
        string name = LockProvider.NewClient();
        var waiters = new WaiterTable(options.MaxWaiters);
        var store = new StateLockStore(client, waiters, name, options.CounterLifetime, logger);
        return new LockProvider(store, waiters, options, name, time ?? TimeProvider.System, logger);
    }
}

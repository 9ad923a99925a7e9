using System.Collections.Concurrent;
using EvenKeel.State.Connections;
using EvenKeel.State.Errors;
using EvenKeel.State.Options;

namespace EvenKeel.State.Leases;

/// <summary>Connections that are lent to one caller at a time, up to a limit; idle ones are kept for the next.</summary>
internal sealed class LeasePool(StateClientOptions options, TimeProvider time) : IAsyncDisposable
{
    private readonly ConcurrentBag<LeasedConnection> _idle = [];
    private readonly PendingLimit _lent = new(options.MaxLeases);
    private volatile bool _disposed;

    /// <summary>Lends one.</summary>
    public async Task<StateLease> TakeAsync(CancellationToken cancellationToken)
    {
        if (!_lent.TryEnter())
        {
            throw new StateUnavailableException($"{options.MaxLeases} connections to the state server at {options.Address} are leased, which is the limit.");
        }

        try
        {
            while (_idle.TryTake(out LeasedConnection? idle))
            {
                if (idle.IsUsable)
                {
                    return new StateLease(this, idle);
                }

                await idle.DisposeAsync().ConfigureAwait(false);
            }

            return new StateLease(this, await LeasedConnection.OpenAsync(options, time, cancellationToken).ConfigureAwait(false));
        }
        catch
        {
            _lent.Leave();
            throw;
        }
    }

    /// <summary>Takes one back.</summary>
    public async ValueTask ReturnAsync(LeasedConnection connection)
    {
        _lent.Leave();
        if (connection.IsUsable && !_disposed)
        {
            _idle.Add(connection);
        }
        else
        {
            await connection.DisposeAsync().ConfigureAwait(false);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _disposed = true;
        while (_idle.TryTake(out LeasedConnection? idle))
        {
            await idle.DisposeAsync().ConfigureAwait(false);
        }
    }
}

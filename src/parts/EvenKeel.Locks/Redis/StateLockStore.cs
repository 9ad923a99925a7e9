using System.Globalization;
using EvenKeel.Locks.Stores;
using EvenKeel.Locks.Waiting;
using EvenKeel.Resp.Replies;
using EvenKeel.State;
using EvenKeel.State.Errors;
using EvenKeel.State.Subscriptions;
using Microsoft.Extensions.Logging;

namespace EvenKeel.Locks.Redis;

/// <summary>Locks on a state node or a Redis.</summary>
internal sealed class StateLockStore(StateClient client, WaiterTable waiters, string clientName, TimeSpan counterLifetime, ILogger logger) : ILockStore
{
    private const string ChannelPrefix = "evenkeel:lock:";

    // Codes of a server that is not ready yet or no more: the same request may succeed later.
    private static readonly string[] Passing = ["LOADING", "BUSY", "TRYAGAIN", "CLUSTERDOWN", "MASTERDOWN", "READONLY"];
    private readonly StateDialect _dialect = new(client);
    private readonly SemaphoreSlim _subscribing = new(1, 1);
    private StateSubscription? _subscription;
    private Task _pumping = Task.CompletedTask;

    public string Provider => "state";

    public async Task<LockAttempt> AcquireAsync(string name, string owner, TimeSpan lease, TimeSpan patience, CancellationToken cancellationToken)
    {
        string key = Key(name);
        (long leaseMs, long patienceMs) = ((long)lease.TotalMilliseconds, (long)patience.TotalMilliseconds);
        RespValue reply = await AskAsync(_dialect.RunAsync(
            ["LOCK", "ACQUIRE", name, owner, leaseMs, patienceMs],
            LockScripts.Acquire,
            [key, key + ":fence", key + ":queue", key + ":alive"],
            [owner, leaseMs, patienceMs, (long)counterLifetime.TotalMilliseconds],
            cancellationToken)).ConfigureAwait(false);
        return new LockAttempt(reply.Items[0].Integer, TimeSpan.FromMilliseconds(reply.Items[1].Integer), reply.Items[2].Integer);
    }

    public async Task<bool> RenewAsync(string name, string owner, long token, TimeSpan lease, CancellationToken cancellationToken)
    {
        long leaseMs = (long)lease.TotalMilliseconds;
        string held = string.Create(CultureInfo.InvariantCulture, $"{token} {owner}");
        RespValue reply = await AskAsync(_dialect.RunAsync(
            ["LOCK", "RENEW", name, owner, token, leaseMs], LockScripts.Renew, [Key(name)], [held, leaseMs], cancellationToken)).ConfigureAwait(false);
        return reply.Integer == 1;
    }

    public async Task<bool> ReleaseAsync(string name, string owner, long token, CancellationToken cancellationToken)
    {
        string key = Key(name);
        RespValue reply = await AskAsync(_dialect.RunAsync(
            ["LOCK", "RELEASE", name, owner, token],
            LockScripts.Release,
            [key, key + ":queue", key + ":alive"],
            [owner, token, ChannelPrefix],
            cancellationToken)).ConfigureAwait(false);
        return reply.Integer == 1;
    }

    public async ValueTask<bool> ListenAsync(CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref _subscription) is not null)
        {
            return true;
        }

        await _subscribing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_subscription is null)
            {
                StateSubscription subscription = await client.SubscribeAsync(ChannelPrefix + clientName, cancellationToken).ConfigureAwait(false);
                _pumping = Task.Run(() => PumpAsync(subscription), CancellationToken.None);
                Volatile.Write(ref _subscription, subscription);
            }

            return false;
        }
        catch (StateException error)
        {
            // True, so that the caller sleeps instead of asking at once: it looks by itself, and comes here again.
            LockLog.ListenFailed(logger, error.Message);
            return true;
        }
        finally
        {
            _subscribing.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_subscription is not null)
        {
            await _subscription.DisposeAsync().ConfigureAwait(false);
            await _pumping.ConfigureAwait(false);
        }

        _subscribing.Dispose();
    }

    // The tag keeps what belongs to one lock on one node of a cluster. Names have no braces.
    private static string Key(string name) => "{" + name + "}";

    private static async Task<RespValue> AskAsync(Task<RespValue> asking)
    {
        try
        {
            return await asking.ConfigureAwait(false);
        }
        catch (StateServerException error)
        {
            throw new LockStoreException(error.Message, !Passing.Contains(error.Code), error);
        }
        catch (StateException error)
        {
            throw new LockStoreException(error.Message, isLasting: false, error);
        }
        catch (ObjectDisposedException error)
        {
            throw new LockStoreException("the client of the state server was disposed", isLasting: true, error);
        }
    }

    private async Task PumpAsync(StateSubscription subscription)
    {
        await foreach (StateMessage message in subscription.Messages.ReadAllAsync().ConfigureAwait(false))
        {
            if (message.IsGap)
            {
                waiters.WakeAll();
            }
            else
            {
                waiters.Wake(System.Text.Encoding.UTF8.GetString(message.Payload.Span));
            }
        }
    }
}

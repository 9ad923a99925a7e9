using System.Text;
using EvenKeel.Resp.Replies;
using EvenKeel.State.Connections;
using EvenKeel.State.Errors;
using EvenKeel.State.Options;
using Microsoft.Extensions.Logging;

namespace EvenKeel.State.Subscriptions;

/// <summary>
/// All subscriptions of a client, over one connection that is made for the first of them. When it is lost it is made again and every channel
/// is subscribed to again; each subscription is then told of the gap.
/// </summary>
internal sealed class SubscriptionHub(StateClientOptions options, TimeProvider time, ILogger logger, ReconnectDelay delay) : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, List<StateSubscription>> _channels = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _stop = new();
    private Task? _running;
    private SubscriberConnection? _connection;
    private int _count;

    public async Task<StateSubscription> SubscribeAsync(string channel, CancellationToken cancellationToken)
    {
        StateSubscription subscription = Add(channel);
        try
        {
            await subscription.Confirmed.WaitAsync(options.OperationTimeout, time, cancellationToken).ConfigureAwait(false);
            return subscription;
        }
        catch (Exception error)
        {
            await RemoveAsync(subscription).ConfigureAwait(false);
            if (error is TimeoutException)
            {
                throw new StateUnavailableException(
                    $"SUBSCRIBE to {options.Address}: not confirmed within {options.OperationTimeout.TotalMilliseconds:0} ms. There is no subscription.", error);
            }

            throw;
        }
    }

    public ValueTask RemoveAsync(StateSubscription subscription)
    {
        lock (_gate)
        {
            if (_channels.TryGetValue(subscription.Channel, out List<StateSubscription>? list) && list.Remove(subscription))
            {
                _count--;
                if (list.Count == 0)
                {
                    _channels.Remove(subscription.Channel);
                    _connection?.Unsubscribe(subscription.Channel);
                }
            }
        }

        subscription.Complete();
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        if (_running is { } running)
        {
            await running.ConfigureAwait(false);
        }

        lock (_gate)
        {
            foreach (StateSubscription subscription in _channels.Values.SelectMany(list => list))
            {
                subscription.Complete();
            }

            _channels.Clear();
        }
    }

    private StateSubscription Add(string channel)
    {
        lock (_gate)
        {
            if (_count == options.MaxSubscriptions)
            {
                throw new StateUnavailableException($"SUBSCRIBE to {options.Address}: there are {_count} subscriptions, which is the limit.");
            }

            var subscription = new StateSubscription(this, channel, options.MaxMessages);
            if (!_channels.TryGetValue(channel, out List<StateSubscription>? list))
            {
                _channels.Add(channel, list = []);
            }

            list.Add(subscription);
            _count++;

            // Asked for again where it is in force already: the confirmation reaches the new one, and those of before take it for a gap.
            _connection?.Subscribe(channel);
            _running ??= Task.Run(RunAsync);
            return subscription;
        }
    }

    private async Task RunAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                using SubscriberConnection connection = await SubscriberConnection.OpenAsync(options, time, Receive, _stop.Token).ConfigureAwait(false);
                delay.Reset();
                lock (_gate)
                {
                    _connection = connection;
                    foreach (string channel in _channels.Keys)
                    {
                        connection.Subscribe(channel);
                    }
                }

                string reason = await connection.RunAsync(_stop.Token).ConfigureAwait(false);
                StateLog.SubscriberLost(logger, options.Address, reason);
            }
            catch (IOException error)
            {
                StateLog.SubscriberLost(logger, options.Address, error.Message);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            finally
            {
                lock (_gate)
                {
                    _connection = null;
                }
            }

            await Task.Delay(delay.Next(), time, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private void Receive(RespValue value)
    {
        if (value.Items.Count != 3)
        {
            return;
        }

        bool isMessage = value.Items[0].Bytes.Span.SequenceEqual("message"u8);
        if (!isMessage && !value.Items[0].Bytes.Span.SequenceEqual("subscribe"u8))
        {
            return;
        }

        lock (_gate)
        {
            foreach (StateSubscription subscription in _channels.GetValueOrDefault(Encoding.UTF8.GetString(value.Items[1].Bytes.Span), []))
            {
                if (isMessage)
                {
                    subscription.Deliver(value.Items[2].Bytes);
                }
                else
                {
                    subscription.Confirm();
                }
            }
        }
    }
}

using System.Threading.Channels;

namespace EvenKeel.State.Subscriptions;

/// <summary>The messages of one channel. Delivery is at most once: see <see cref="StateMessage.IsGap"/> and <see cref="Dropped"/>.</summary>
public sealed class StateSubscription : IAsyncDisposable
{
    private readonly SubscriptionHub _hub;
    private readonly Channel<StateMessage> _messages;
    private readonly TaskCompletionSource _confirmed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _dropped;

    internal StateSubscription(SubscriptionHub hub, string channel, int most)
    {
        _hub = hub;
        Channel = channel;
        _messages = System.Threading.Channels.Channel.CreateBounded<StateMessage>(
            new BoundedChannelOptions(most) { FullMode = BoundedChannelFullMode.DropOldest }, _ => Interlocked.Increment(ref _dropped));
    }

    /// <summary>The channel's name.</summary>
    public string Channel { get; }

    /// <summary>What comes, in the order of the server. It completes when the subscription or the client is disposed.</summary>
    public ChannelReader<StateMessage> Messages => _messages.Reader;

    /// <summary>Messages that were dropped because they were not read in time.</summary>
    public long Dropped => Volatile.Read(ref _dropped);

    internal Task Confirmed => _confirmed.Task;

    /// <summary>Ends the subscription.</summary>
    public ValueTask DisposeAsync() => _hub.RemoveAsync(this);

    internal void Confirm()
    {
        if (!_confirmed.TrySetResult())
        {
            _messages.Writer.TryWrite(new StateMessage(true, default));
        }
    }

    internal void Deliver(ReadOnlyMemory<byte> payload) => _messages.Writer.TryWrite(new StateMessage(false, payload));

    internal void Complete() => _messages.Writer.TryComplete();
}

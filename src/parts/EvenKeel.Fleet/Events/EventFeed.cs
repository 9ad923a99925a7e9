using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace EvenKeel.Fleet.Events;

/// <summary>Numbers events and hands them to the recorder, to the log and to readers.</summary>
internal sealed class EventFeed(TimeProvider time, ILogger logger, IFleetRecorder? recorder)
{
    /// <summary>How many events a reader may be behind before it misses some.</summary>
    public const int ReaderLimit = 1024;

    private readonly Lock _gate = new();
    private readonly List<Channel<FleetEvent>> _readers = [];
    private readonly Queue<FleetEvent> _pending = new();
    private long _sequence;
    private long _delivered;
    private bool _closed;

    /// <summary>Notes an event, in the mailbox only. The number and the time are set here; it goes out with the next <see cref="Flush"/>.</summary>
    public void Publish(FleetEvent happened) =>
        _pending.Enqueue(happened with { Sequence = ++_sequence, Time = time.GetUtcNow() });

    /// <summary>Hands out what was noted. It is called after the snapshot is renewed, so that who hears of an event finds it there.</summary>
    public void Flush()
    {
        while (_pending.TryDequeue(out var happened))
        {
            HandOut(happened);
        }
    }

    /// <summary>
    /// All events from the call on, until the token or the fleet ends. The subscription stands when the call returns, not when the
    /// enumeration begins. A reader that falls behind loses the oldest, and is told how many.
    /// </summary>
    public IAsyncEnumerable<FleetEvent> Watch(CancellationToken cancellationToken)
    {
        var reader = Channel.CreateBounded<FleetEvent>(
            new BoundedChannelOptions(ReaderLimit) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });
        long before;
        lock (_gate)
        {
            before = _delivered;
            if (_closed)
            {
                reader.Writer.Complete();
            }

            _readers.Add(reader);
        }

        return ReadAsync(reader, before, cancellationToken);
    }

    /// <summary>Ends all readers after what they have not read yet.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _closed = true;
            _readers.ForEach(reader => reader.Writer.TryComplete());
        }
    }

    private async IAsyncEnumerable<FleetEvent> ReadAsync(
        Channel<FleetEvent> reader, long last, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var happened in reader.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                if (happened.Sequence > last + 1)
                {
                    yield return new EventsMissed(happened.Sequence - last - 1) { Sequence = happened.Sequence - 1, Time = happened.Time };
                }

                last = happened.Sequence;
                yield return happened;
            }
        }
        finally
        {
            lock (_gate)
            {
                _readers.Remove(reader);
            }
        }
    }

    private void HandOut(FleetEvent happened)
    {
        FleetLog.Happened(logger, happened.Service, happened.Instance, happened.Generation, happened.Text);
        try
        {
            recorder?.Record(happened);
        }
        catch (Exception error)
        {
            FleetLog.RecorderFailed(logger, error);
        }

        lock (_gate)
        {
            _delivered = happened.Sequence;
            foreach (var reader in _readers)
            {
                reader.Writer.TryWrite(happened);
            }
        }
    }
}

using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace EvenKeel.Fleet.Logs;

/// <summary>Hands the lines of all instances to readers. Any thread may publish and subscribe.</summary>
internal sealed class LogFeed
{
    /// <summary>How many lines a reader may be behind before it misses new ones.</summary>
    public const int ReaderLimit = 4096;

    private readonly Lock _gate = new();
    private readonly List<Reader> _readers = [];
    private bool _closed;

    /// <summary>Gives a line to every reader that wants it and has room.</summary>
    public void Publish(LogLine line)
    {
        lock (_gate)
        {
            foreach (var reader in _readers)
            {
                reader.Offer(line);
            }
        }
    }

    /// <summary>The lines from the call on, of the named instances or of all when none is named, until the token or the fleet ends.</summary>
    public IAsyncEnumerable<LogLine> Follow(IReadOnlyCollection<string> instances, CancellationToken cancellationToken)
    {
        var reader = new Reader([.. instances]);
        lock (_gate)
        {
            if (_closed)
            {
                reader.Lines.Writer.Complete();
            }

            _readers.Add(reader);
        }

        return ReadAsync(reader, cancellationToken);
    }

    /// <summary>Ends all readers after what they have not read yet.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _closed = true;
            _readers.ForEach(reader => reader.Lines.Writer.TryComplete());
        }
    }

    private async IAsyncEnumerable<LogLine> ReadAsync(Reader reader, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var line in reader.Lines.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                yield return line;
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

    private sealed class Reader(HashSet<string> instances)
    {
        private long _missed;

        public Channel<LogLine> Lines { get; } =
            Channel.CreateBounded<LogLine>(new BoundedChannelOptions(ReaderLimit) { SingleReader = true });

        // Under the feed's gate. The count of missed lines travels with the first line that fits again.
        public void Offer(LogLine line)
        {
            if (instances.Count > 0 && !instances.Contains(line.Instance))
            {
                return;
            }

            if (Lines.Writer.TryWrite(_missed > 0 ? line with { MissedBefore = _missed } : line))
            {
                _missed = 0;
            }
            else
            {
                _missed++;
            }
        }
    }
}

using System.Threading.Channels;
using EvenKeel.Consistency.Histories;

namespace EvenKeel.Proof.Recording;

/// <summary>
/// Takes the finished operations of one scenario from any thread, numbers them, packs what reads showed and writes each to the history file, all in
/// one task behind a bounded queue.
/// </summary>
internal sealed class OperationRecorder : IAsyncDisposable
{
    /// <summary>How many operations may wait to be recorded.</summary>
    public const int Capacity = 4096;

    // Without an operation it is a mark: whoever waits for it knows that everything before it is recorded.
    private readonly Channel<(Operation? Operation, IReadOnlyList<Element>? Shown, TaskCompletionSource? Reached)> _queue =
        Channel.CreateBounded<(Operation?, IReadOnlyList<Element>?, TaskCompletionSource?)>(new BoundedChannelOptions(Capacity) { SingleReader = true });

    private readonly LineFile? _file;
    private readonly HistoryLines _lines;
    private readonly ElementTable _elements = new();
    private readonly List<Operation> _operations = [];
    private readonly Lock _gate = new();
    private readonly Task _recording;
    private int _next;

    /// <summary>Starts recording.</summary>
    /// <param name="scenario">The scenario's name.</param>
    /// <param name="firstIndex">The number of the first operation; numbers are unique in a run.</param>
    /// <param name="file">The history file, which stays open, or null to keep the history in memory alone.</param>
    public OperationRecorder(string scenario, int firstIndex, LineFile? file)
    {
        _file = file;
        _next = firstIndex;
        _lines = new HistoryLines(scenario);
        _recording = Task.Run(RecordAsync);
    }

    /// <summary>Adds an operation that has ended; its index and elements are set here.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="shown">What an ok read showed; null for everything else.</param>
    /// <param name="cancellationToken">Gives up waiting for room.</param>
    public ValueTask AddAsync(Operation operation, IReadOnlyList<Element>? shown, CancellationToken cancellationToken) =>
        _queue.Writer.WriteAsync((operation, shown, null), cancellationToken);

    /// <summary>Waits until everything is recorded and returns it. Nothing can be added afterwards.</summary>
    public async Task<(History History, int NextIndex)> CompleteAsync()
    {
        _queue.Writer.TryComplete();
        await _recording.ConfigureAwait(false);
        return (new History(_operations, _elements), _next);
    }

    /// <summary>The operations of a phase, all that were added before.</summary>
    public async Task<IReadOnlyList<Operation>> SeenAsync(OperationPhase phase, CancellationToken cancellationToken)
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await _queue.Writer.WriteAsync((null, null, reached), cancellationToken).ConfigureAwait(false);
        await reached.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        lock (_gate)
        {
            return [.. _operations.Where(operation => operation.Phase == phase)];
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await _recording.ConfigureAwait(false);
    }

    private async Task RecordAsync()
    {
        await foreach (var (added, shown, reached) in _queue.Reader.ReadAllAsync().ConfigureAwait(false))
        {
            if (added is null)
            {
                reached?.SetResult();
                continue;
            }

            var known = _elements.Count;
            var operation = added with { Index = _next++, Elements = shown is null ? null : _elements.Observe(shown) };
            lock (_gate)
            {
                _operations.Add(operation);
            }

            if (_file is null)
            {
                continue;
            }

            for (var number = known; number < _elements.Count; number++)
            {
                await _file.AddAsync(_lines.Element(number, _elements[number]), CancellationToken.None).ConfigureAwait(false);
            }

            await _file.AddAsync(_lines.Operation(operation), CancellationToken.None).ConfigureAwait(false);
        }
    }
}

using System.Threading.Channels;

namespace EvenKeel.Proof.Recording;

/// <summary>
/// A file of JSON lines, written by one task behind a bounded queue. A writer that is faster than the disk waits for room; nothing is dropped.
/// When the disk fails, <see cref="Failure"/> says so and further lines are discarded: a run must not die with its recorder, but must not pass either.
/// </summary>
internal sealed class LineFile : IAsyncDisposable
{
    /// <summary>How many lines may wait.</summary>
    public const int Capacity = 8192;

    private readonly Channel<byte[]> _lines = Channel.CreateBounded<byte[]>(new BoundedChannelOptions(Capacity) { SingleReader = true });
    private readonly FileStream _file;
    private readonly Task _writing;

    public LineFile(string path)
    {
        _file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read, 64 * 1024, FileOptions.Asynchronous);
        _writing = Task.Run(WriteAsync);
    }

    /// <summary>Why lines are missing in the file, or null. Final once disposed.</summary>
    public string? Failure { get; private set; }

    /// <summary>Adds a line, without its line feed. Waits while the queue is full.</summary>
    public ValueTask AddAsync(byte[] line, CancellationToken cancellationToken) => _lines.Writer.WriteAsync(line, cancellationToken);

    /// <summary>Writes what waits, and closes the file.</summary>
    public async ValueTask DisposeAsync()
    {
        _lines.Writer.TryComplete();
        await _writing.ConfigureAwait(false);
    }

    private async Task WriteAsync()
    {
        await foreach (var line in _lines.Reader.ReadAllAsync().ConfigureAwait(false))
        {
            await TryAsync(async () =>
            {
                await _file.WriteAsync(line).ConfigureAwait(false);
                _file.WriteByte((byte)'\n');
                if (!_lines.Reader.TryPeek(out _))
                {
                    // Nothing waits: what is there now should survive a crash of the program.
                    await _file.FlushAsync().ConfigureAwait(false);
                }
            }).ConfigureAwait(false);
        }

        await TryAsync(() => _file.DisposeAsync().AsTask()).ConfigureAwait(false);
    }

    private async Task TryAsync(Func<Task> write)
    {
        if (Failure is not null)
        {
            return;
        }

        try
        {
            await write().ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Failure = $"{_file.Name} could not be written: {exception.Message}";
        }
    }
}

using Microsoft.Extensions.Logging;

namespace EvenKeel.Fleet.Logs;

/// <summary>What one instance wrote, over its lives: ring, file and readers. Any thread may use it.</summary>
internal sealed class InstanceLog(string service, string instance, LogFeed feed, string? directory, TimeProvider time, ILogger logger) : IDisposable
{
    private const int ChunkSize = 32 * 1024;
    private readonly Lock _gate = new();
    private readonly LogRing _ring = new();
    private LogFile? _file;
    private bool _fileFailed;

    /// <summary>The name of the instance.</summary>
    public string Instance => instance;

    /// <summary>The last lines of all lives, oldest first.</summary>
    public IReadOnlyList<LogLine> Last(int count)
    {
        lock (_gate)
        {
            return _ring.Last(count);
        }
    }

    /// <summary>The last lines of one life, oldest first.</summary>
    public IReadOnlyList<LogLine> Last(int count, int generation)
    {
        lock (_gate)
        {
            return _ring.Last(count, generation);
        }
    }

    /// <summary>Reads an output until its end, or until the token ends. A broken pipe is an end.</summary>
    public async Task ReadAsync(Stream output, int generation, bool isError, CancellationToken cancellationToken)
    {
        var splitter = new LineSplitter(text => Add(new LogLine(time.GetUtcNow(), service, instance, generation, isError, text)));
        var chunk = new byte[ChunkSize];
        try
        {
            while (await output.ReadAsync(chunk, cancellationToken).ConfigureAwait(false) is var read and > 0)
            {
                splitter.Add(chunk.AsSpan(0, read));
                Flush();
            }
        }
        catch (Exception error) when (error is IOException or OperationCanceledException or ObjectDisposedException)
        {
            FleetLog.OutputEnded(logger, instance, generation, error.Message);
        }

        splitter.Complete();
        Flush();
    }

    /// <inheritdoc />
    public void Dispose()
    {
        lock (_gate)
        {
            _file?.Dispose();
            _file = null;
            _fileFailed = true;
        }
    }

    private void Add(LogLine line)
    {
        lock (_gate)
        {
            _ring.Add(line);
            ToFile(() => (_file ??= Open())?.Append(line));
        }

        feed.Publish(line);
    }

    private void Flush()
    {
        lock (_gate)
        {
            ToFile(() => _file?.Flush());
        }
    }

    private LogFile? Open()
    {
        if (directory is null)
        {
            return null;
        }

        Directory.CreateDirectory(directory);
        return new LogFile(Path.Combine(directory, instance + ".log"));
    }

    // A full disk must not stop the instance or the fleet: the file is given up, once and loudly; ring and readers go on.
    private void ToFile(Action write)
    {
        if (_fileFailed)
        {
            return;
        }

        try
        {
            write();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            _fileFailed = true;
            FleetLog.LogFileFailed(logger, instance, error);
        }
    }
}

using EvenKeel.Http.Forwarding;
using Microsoft.Extensions.Logging;

namespace EvenKeel.Gateway.AccessLogs;

/// <summary>
/// The access log: one line for each exchange, gathered by the loops in a ring each and written by one thread of its own, so that a slow disk
/// costs lines and never requests. Any thread may call its members.
/// </summary>
public sealed class AccessLog : IAsyncDisposable
{
    /// <summary>The bytes of one loop's lines that wait unless another number is given: about 5,000 usual ones.</summary>
    public const int DefaultCapacity = 1024 * 1024;

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private readonly AccessRing[] _rings;
    private readonly Func<Stream> _open;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly AutoResetEvent _wake = new(false);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly AccessLine _line;
    private readonly byte[] _buffer = new byte[256 * 1024];
    private Stream _stream;
    private int _length;
    private int _lines;
    private long _written;
    private long _failed;
    private bool _isFailing;
    private volatile bool _reopen;
    private volatile bool _ending;

    /// <summary>Opens the log and begins to write.</summary>
    /// <param name="open">Opens the stream that lines are appended to; called again by <see cref="Reopen"/>.</param>
    /// <param name="loops">How many loops the gateway has.</param>
    /// <param name="time">The gateway's clock.</param>
    /// <param name="logger">Where to log failures.</param>
    /// <param name="capacity">The most bytes of one loop's lines that wait, at least 16 KiB; further lines are dropped and counted.</param>
    /// <exception cref="IOException">The stream cannot be opened.</exception>
    public AccessLog(Func<Stream> open, int loops, TimeProvider time, ILogger logger, int capacity = DefaultCapacity)
    {
        ArgumentNullException.ThrowIfNull(open);
        ArgumentNullException.ThrowIfNull(time);
        ArgumentNullException.ThrowIfNull(logger);
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, AccessRing.MinCapacity);
        _open = open;
        _time = time;
        _logger = logger;
        _line = new AccessLine(time.TimestampFrequency);
        _stream = open();
        _rings = [.. Enumerable.Range(0, loops).Select(_ => new AccessRing(capacity, () => _wake.Set()))];
        new Thread(Run) { IsBackground = true, Name = "access log" }.Start();
    }

    /// <summary>Lines that were written.</summary>
    public long Written => Volatile.Read(ref _written);

    /// <summary>Lines that were dropped because their ring was full: the writer could not keep up.</summary>
    public long Dropped => _rings.Sum(ring => ring.Dropped);

    /// <summary>Lines that were lost because writing failed, as on a full disk.</summary>
    public long Failed => Volatile.Read(ref _failed);

    /// <summary>Opens the file by its name again, for one who has renamed it. What waits is written to the old one first.</summary>
    public void Reopen()
    {
        _reopen = true;
        _wake.Set();
    }

    /// <summary>Writes what waits, and closes. No loop may add any more.</summary>
    public async ValueTask DisposeAsync()
    {
        _ending = true;
        _wake.Set();
        await _ended.Task.ConfigureAwait(false);
    }

    internal AccessRing RingOf(int loop) => _rings[loop];

    private void Run()
    {
        while (!_ending)
        {
            _wake.WaitOne(Interval);
            WriteAll();
            if (_reopen)
            {
                _reopen = false;
                OpenAnew();
            }
        }

        WriteAll();
        Close(_stream);
        _ended.SetResult();
    }

    private void WriteAll()
    {
        DateTimeOffset now = _time.GetUtcNow();
        long mark = _time.GetTimestamp();
        foreach (AccessRing ring in _rings)
        {
            while (ring.TryPeek(out ReadOnlySpan<byte> record))
            {
                var writer = new ByteWriter(_buffer.AsSpan(_length));
                _line.Write(record, now, mark, ref writer);
                ring.Take();
                _length += writer.Length;
                _lines++;
                if (_length > _buffer.Length - AccessLine.MaxLength)
                {
                    Flush();
                }
            }
        }

        Flush();
    }

    private void Flush()
    {
        if (_lines == 0)
        {
            return;
        }

        try
        {
            _stream.Write(_buffer, 0, _length);
            _stream.Flush();
            Volatile.Write(ref _written, _written + _lines);
            Note(failing: false, "");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Volatile.Write(ref _failed, _failed + _lines);
            Note(failing: true, error.Message);
        }

        _length = _lines = 0;
    }

    private void Note(bool failing, string reason)
    {
        if (failing && !_isFailing)
        {
            AccessLogNotes.Failed(_logger, reason);
        }
        else if (!failing && _isFailing)
        {
            AccessLogNotes.Mended(_logger);
        }

        _isFailing = failing;
    }

    private void OpenAnew()
    {
        try
        {
            var stream = _open();
            Close(_stream);
            _stream = stream;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            AccessLogNotes.NotReopened(_logger, error.Message);
        }
    }

    private static void Close(Stream stream)
    {
        try
        {
            stream.Dispose();
        }
        catch (IOException)
        {
            // Each write is handed over at once: nothing is lost that was counted as written.
        }
    }
}

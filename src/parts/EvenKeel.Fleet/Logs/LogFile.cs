using System.Globalization;
using System.Text;

namespace EvenKeel.Fleet.Logs;

/// <summary>
/// Appends the lines of one instance to a file, each with its time, life and stream. A file that reaches its limit becomes
/// <c>NAME.log.1</c> in place of the one before. Not thread-safe.
/// </summary>
internal sealed class LogFile : IDisposable
{
    /// <summary>The size at which a file is set aside: 64 MiB.</summary>
    public const long SizeLimit = 64L * 1024 * 1024;

    private static readonly UTF8Encoding NoMark = new(encoderShouldEmitUTF8Identifier: false);
    private readonly string _path;
    private readonly long _limit;
    private StreamWriter _writer;

    /// <exception cref="IOException">The file cannot be opened.</exception>
    public LogFile(string path, long limit = SizeLimit)
    {
        _path = path;
        _limit = limit;
        _writer = Open();
    }

    /// <summary>Appends a line; it is in the file after the next <see cref="Flush"/>.</summary>
    public void Append(LogLine line)
    {
        if (_writer.BaseStream.Length >= _limit)
        {
            _writer.Dispose();
            File.Move(_path, _path + ".1", overwrite: true);
            _writer = Open();
        }

        var time = line.Time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
        _writer.Write(time);
        _writer.Write(' ');
        _writer.Write(line.Instance);
        _writer.Write('#');
        _writer.Write(line.Generation);
        _writer.Write(line.IsError ? " err " : " out ");
        _writer.Write(line.Text);
        _writer.Write('\n');
    }

    /// <summary>Hands what was appended to the system, which shows it to readers of the file.</summary>
    public void Flush() => _writer.Flush();

    /// <inheritdoc />
    public void Dispose() => _writer.Dispose();

    // Buffered by the writer alone, so that the stream's length is true after each flush.
    private StreamWriter Open() =>
        new(new FileStream(_path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0), NoMark);
}

using System.Text;
using System.Text.Json;
using EvenKeel.Gateway.Tests.Wire;

namespace EvenKeel.Gateway.Tests.AccessLogs;

/// <summary>A stream that keeps what the writer of an access log gives it; a test can hold the writer up, or make writing fail.</summary>
internal sealed class MemoryLog : Stream
{
    private readonly MemoryStream _bytes = new();
    private readonly ManualResetEventSlim _gate = new(true);
    private volatile bool _isFull;

    public int Closed { get; private set; }

    public IReadOnlyList<JsonElement> Lines => [.. Encoding.ASCII.GetString(_bytes.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Select(line => JsonDocument.Parse(line).RootElement)];

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public void Hold() => _gate.Reset();

    public void Release() => _gate.Set();

    public void Fill(bool isFull) => _isFull = isFull;

    public override void Write(byte[] buffer, int offset, int count)
    {
        _gate.Wait(Deadline.Token);
        if (_isFull)
        {
            throw new IOException("No space left on device");
        }

        _bytes.Write(buffer, offset, count);
    }

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        Closed++;
        base.Dispose(disposing);
    }
}

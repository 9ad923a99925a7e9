using System.Globalization;

namespace Forwarder;

/// <summary>A line for each request into a file, through a buffer that is written when it is full and once a second.</summary>
internal sealed class AccessLog : IDisposable
{
    private readonly Lock _gate = new();
    private readonly StreamWriter _writer;
    private readonly Timer _timer;

    public AccessLog(string path)
    {
        _writer = new StreamWriter(path, new FileStreamOptions
        {
            Mode = FileMode.Append, Access = FileAccess.Write, Share = FileShare.ReadWrite, BufferSize = 256 * 1024,
        });
        _timer = new Timer(_ => Flush(), null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
    }

    public void Add(HttpContext context, long bytes, TimeSpan firstByte, TimeSpan total)
    {
        var request = context.Request;
        var (who, connection) = (request.Host, context.Connection.RemoteIpAddress);
        var what = string.Create(
            CultureInfo.InvariantCulture,
            $"\"method\":\"{request.Method}\",\"host\":\"{who}\",\"path\":\"{request.Path}{request.QueryString}\",\"status\":{context.Response.StatusCode}");
        var line = string.Create(
            CultureInfo.InvariantCulture,
            $"{{\"ts\":\"{TimeProvider.System.GetUtcNow():yyyy-MM-ddTHH:mm:ss.fffZ}\",\"client\":\"{connection}\",{what},\"response_bytes\":{bytes},"
            + $"\"first_byte_ms\":{firstByte.TotalMilliseconds:0.000},\"total_ms\":{total.TotalMilliseconds:0.000}}}");
        lock (_gate)
        {
            _writer.WriteLine(line);
        }
    }

    public void Dispose()
    {
        _timer.Dispose();
        Flush();
    }

    private void Flush()
    {
        lock (_gate)
        {
            _writer.Flush();
        }
    }
}

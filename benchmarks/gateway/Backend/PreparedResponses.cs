using System.Text;

namespace Backend;

/// <summary>The responses, head and body in one piece.</summary>
internal static class PreparedResponses
{
    private static readonly byte[] Small = Prepare(1024);
    private static readonly byte[] Medium = Prepare(64 * 1024);
    private static readonly byte[] Large = Prepare(1024 * 1024);
    private static readonly byte[] Other = Prepare(2);

    /// <summary>The response for a path.</summary>
    public static byte[] For(ReadOnlySpan<byte> path) => path switch
    {
        _ when path.SequenceEqual("/1k"u8) => Small,
        _ when path.SequenceEqual("/64k"u8) => Medium,
        _ when path.SequenceEqual("/1m"u8) => Large,
        _ => Other,
    };

    private static byte[] Prepare(int length) =>
    [
        .. Encoding.ASCII.GetBytes(
            $"HTTP/1.1 200 OK\r\nServer: backend\r\nDate: Tue, 24 Nov 2026 12:00:00 GMT\r\nContent-Type: text/plain\r\nContent-Length: {length}\r\n\r\n"),
        .. Enumerable.Range(0, length).Select(i => (byte)('a' + (i % 26))),
    ];
}

namespace EvenKeel.Gateway.Tests.Strictness;

/// <summary>Answers whose end depends on more than their framing fields.</summary>
internal static class AnswerCases
{
    private const string Ok = "HTTP/1.1 200 OK\r\n";
    private const string Next = Ok + "Content-Length: 4\r\n\r\nlast";

    public static Dictionary<string, AnswerCase> All { get; } = new AnswerCase[]
    {
        new("HEAD with a length", "HEAD", Ok + "Content-Length: 5\r\n\r\n", 200, "", "5", KeepsInstance: true),
        new("HEAD with a body", "HEAD", Ok + "Content-Length: 5\r\n\r\nhello", 200, "", "5"),
        new("HEAD with the coding", "HEAD", Ok + "Transfer-Encoding: chunked\r\n\r\n", 200, "", KeepsInstance: true),
        new("HEAD with chunks", "HEAD", Ok + "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n", 200, ""),
        new("GET with a length", "GET", Ok + "Content-Length: 5\r\n\r\nhello", 200, "hello", "5", KeepsInstance: true),
        new("204", "GET", "HTTP/1.1 204 No Content\r\n\r\n", 204, "", KeepsInstance: true),
        new("204 with a length", "GET", "HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\n", 204, "", KeepsInstance: true),
        new("204 with a body", "GET", "HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\nhello", 204, ""),
        new("204 with the coding", "GET", "HTTP/1.1 204 No Content\r\nTransfer-Encoding: chunked\r\n\r\n", 204, "", KeepsInstance: true),
        new("304 with a length", "GET", "HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n", 304, "", "5", KeepsInstance: true),
        new("304 with a body", "GET", "HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\nhello", 304, "", "5"),
        new("103 in front", "GET", "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" + Next, 200, "last", "4", KeepsInstance: true),
        new("103 with a length", "GET", "HTTP/1.1 103 Early Hints\r\nContent-Length: 5\r\n\r\n" + Next, 200, "last", "4", KeepsInstance: true),
        new("103 with the coding", "GET", "HTTP/1.1 103 Early Hints\r\nTransfer-Encoding: chunked\r\n\r\n" + Next, 200, "last", "4", KeepsInstance: true),
        new("103 and no more", "POST", "HTTP/1.1 103 Early Hints\r\n\r\n", 0, null, Closes: true),
        new("101 that nobody asked for", "GET", "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n", 502, "*"),
        new("a body until the end", "GET", Ok + "\r\nhello", 200, "hello", Closes: true),
        new("a body until the reset", "GET", Ok + "\r\nhello", 200, null, Closes: true, Resets: true),
        new("a body of HTTP/1.0 until the end", "GET", "HTTP/1.0 200 OK\r\n\r\nhello", 200, "hello", Closes: true),
        new("half of a length", "GET", Ok + "Content-Length: 10\r\n\r\nhello", 200, null, Closes: true),
        new("half of a length and a reset", "GET", Ok + "Content-Length: 10\r\n\r\nhello", 200, null, Closes: true, Resets: true),
        new("more than a length", "GET", Ok + "Content-Length: 5\r\n\r\nhello world", 200, "hello", "5"),
        new("chunks without their end", "GET", Ok + "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n", 200, null, Closes: true),
        new("chunks that break off within a chunk", "GET", Ok + "Transfer-Encoding: chunked\r\n\r\n5\r\nhe", 200, null, Closes: true),
        new("chunks that break off within a trailer", "GET", Ok + "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\nX: ", 200, null, Closes: true),
        new("chunks and more", "GET", Ok + "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n" + Next, 200, "hello"),
        new("a head that breaks off", "POST", Ok + "Content-Le", 502, "*", Closes: true),
        new("close said and done", "GET", Ok + "Connection: close\r\nContent-Length: 5\r\n\r\nhello", 200, "hello", "5", Closes: true),
        new("close said and not done", "GET", Ok + "Connection: close\r\nContent-Length: 5\r\n\r\nhello", 200, "hello", "5"),
        new("HTTP/1.0 that keeps", "GET", "HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 5\r\n\r\nhello", 200, "hello", "5",
            KeepsInstance: true),
        new("HTTP/1.0 that does not", "GET", "HTTP/1.0 200 OK\r\nContent-Length: 5\r\n\r\nhello", 200, "hello", "5"),
        new("an empty line in front", "GET", "\r\n" + Ok + "Content-Length: 5\r\n\r\nhello", 200, "hello", "5", KeepsInstance: true),
    }.ToDictionary(one => one.Name);
}

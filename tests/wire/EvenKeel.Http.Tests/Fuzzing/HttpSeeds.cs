namespace EvenKeel.Http.Tests.Fuzzing;

/// <summary>Requests as clients send them.</summary>
internal static class HttpSeeds
{
    public static byte[] Browser { get; } =
    [
        .. "GET /albums?page=2&sort=title HTTP/1.1\r\nHost: shop.example.com\r\nConnection: keep-alive\r\nCache-Control: max-age=0\r\n"u8,
        .. "User-Agent: Mozilla/5.0 (X11; Linux x86_64)\r\nAccept: text/html,application/xhtml+xml;q=0.9,*/*;q=0.8\r\n"u8,
        .. "Accept-Encoding: gzip, deflate, br\r\nCookie: a=b; session=\"x y\"\r\nX-Forwarded-For: 192.0.2.1\r\n\r\n"u8,
    ];

    public static byte[] ChunkedRequest { get; } =
    [
        .. "PUT /things/1 HTTP/1.1\r\nHost: a\r\nTE: trailers\r\nConnection: TE, X-Hop\r\nX-Hop: 1\r\nTrailer: X-Sum\r\nTransfer-Encoding: chunked\r\n\r\n"u8,
        .. "00a;x=\"y\"\r\n0123456789\r\n3\r\nabc\r\n0\r\nX-Sum: 1\r\nContent-Length: 3\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n"u8,
    ];

    public static byte[] CountedRequest { get; } =
        "POST http://user.example:8080/a/b?c HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 11\r\n\r\nhello worldGET /"u8.ToArray();

    public static byte[] Upgrade { get; } =
        "GET /chat HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"u8.ToArray();
}

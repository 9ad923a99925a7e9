namespace EvenKeel.Gateway.Tests.Strictness;

/// <summary>Chunks that two readers could take differently, of requests and of responses alike.</summary>
internal static class BodyCases
{
    private const string End = "0\r\n\r\n";

    public static Dictionary<string, BodyCase> All { get; } = new BodyCase[]
    {
        Size("empty", "", "1"),
        Size("with a letter beyond f", "g", "1"),
        Size("with a minus", "-1", "1"),
        Size("with a plus", "+1", "1"),
        Size("with a prefix", "0x1", "01"),
        Size("with a space in front", " 1", "1"),
        Size("with a tab in front", "\t1", "1"),
        Size("with a space behind", "1 ", "1"),
        Size("with a tab behind", "1\t", "1"),
        Size("with a space before its extension", "1 ;a", "1;a"),
        Size("with a separator", "0_1", "01"),
        Size("with a fraction", "1.0", "1"),
        Size("with a unit", "1h", "1"),
        Size("quoted", "\"1\"", "1"),
        Size("of two numbers", "1,1", "1"),
        Size("of 17 digits", "00000000000000001", "0000000000000001"),
        Size("of 64 bits", "8000000000000000", "1"),
        Size("of 2^64 + 1", "10000000000000001", "1"),
        Size("below zero in 64 bits", "ffffffffffffffff", "1"),
        Size("behind an extension", ";a", "1;a"),
        Size("with NUL", "1\0", "1"),
        Size("with a full-width digit", "\u00b9", "1"),
        Size("ended by two CR", "1\r", "1"),
        Of("size ended by LF", "1\na\r\n" + End, "1\r\na\r\n" + End),
        Of("size ended by CR", "1\ra\r\n" + End, "1\r\na\r\n" + End),
        Of("empty line in front", "\r\n1\r\na\r\n" + End, "1\r\na\r\n" + End),
        Of("extension with LF", "1;a\nb\r\na\r\n" + End, "1;a=b\r\na\r\n" + End),
        Of("extension with CR", "1;a\rb\r\na\r\n" + End, "1;a\tb\r\na\r\n" + End),
        Of("extension with NUL", "1;a\0\r\na\r\n" + End, "1;a0\r\na\r\n" + End),
        Of("quoted extension with a line end", "1;a=\"\r\n\"\r\nz\r\n" + End, "1;a=\"rn\"\r\nz\r\n" + End, "z"),
        Of("extension of 257 bytes", $"1;{new string('a', 257)}\r\na\r\n" + End, $"1;{new string('a', 256)}\r\na\r\n" + End),
        Of("chunk longer than it says", "1\r\nab\r\n" + End, "2\r\nab\r\n" + End, "ab"),
        Of("chunk shorter than it says", "2\r\na\r\n" + End, "1\r\na\r\n" + End),
        Of("chunk without a line end", "1\r\na" + End, "1\r\na\r\n" + End),
        Of("chunk ended by LF", "1\r\na\n" + End, "1\r\na\r\n" + End),
        Of("chunk ended by CR", "1\r\na\r" + End, "1\r\na\r\n" + End),
        Of("chunk ended by LF CR", "1\r\na\n\r" + End, "1\r\na\r\n" + End),
        Of("last chunk ended by LF", "1\r\na\r\n0\n\r\n", "1\r\na\r\n0\r\n\r\n"),
        Of("body ended by LF", "1\r\na\r\n0\r\n\n", "1\r\na\r\n0\r\n\r\n"),
        Trailer("without a colon", "X-Sum", "X-Sum:", "x-sum="),
        Trailer("without a name", ": 1", "X: 1", "x=1"),
        Trailer("with a space before the colon", "X-Sum : 1", "X-Sum: 1", "x-sum=1"),
        Trailer("folded", "X-Sum: 1\r\n 2", "X-Sum: 1 2", "x-sum=1 2"),
        Trailer("folded at once", " X-Sum: 1", "X-Sum: 1", "x-sum=1"),
        Trailer("with NUL", "X-Sum: \0", "X-Sum: 0", "x-sum=0"),
        Trailer("with CR", "X-Sum: 1\rX-Two: 2", "X-Sum: 1\r\nX-Two: 2", "x-sum=1,x-two=2"),
        Trailer("with LF", "X-Sum: 1\nX-Two: 2", "X-Sum: 1\r\nX-Two: 2", "x-sum=1,x-two=2"),
        Trailer("with a name in brackets", "(X): 1", "X: 1", "x=1"),
        Trailer("that is a request line", "GET /smuggled HTTP/1.1", "X-Line: GET /smuggled HTTP/1.1", "x-line=GET /smuggled HTTP/1.1"),
        Trailer("too many", string.Join("\r\n", Enumerable.Repeat("X: 1", 65)), string.Join("\r\n", Enumerable.Repeat("X: 1", 64)),
            string.Join(',', Enumerable.Repeat("x=1", 64)), 431),
        Trailer("too large", "X: " + new string('a', 8192), "X: aa", "x=aa", 431),
        Trailer("behind one that frames", "Content-Length : 5", "Content-Length: 5", ""),
        Trailer("that frames in chunks", "Transfer-Encoding chunked", "Transfer-Encoding: chunked", ""),
        Trailer("that routes", "Host", "Host: b", ""),
        Trailer("that authenticates", "Authorization\0: x", "Authorization: x", ""),
    }.ToDictionary(one => one.Name);

    private static BodyCase Size(string name, string refused, string twin)
        => new("chunk size: " + name, $"{refused}\r\na\r\n{End}", $"{twin}\r\na\r\n{End}");

    private static BodyCase Trailer(string name, string refused, string twin, string trailers, int status = 400)
        => new("trailer: " + name, $"1\r\na\r\n0\r\n{refused}\r\n\r\n", $"1\r\na\r\n0\r\n{twin}\r\n\r\n", "a", trailers, status);

    private static BodyCase Of(string name, string refused, string twin, string content = "a") => new(name, refused, twin, content);
}

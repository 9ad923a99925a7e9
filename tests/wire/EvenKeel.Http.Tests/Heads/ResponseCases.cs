using EvenKeel.Http.Faults;
using static EvenKeel.Http.Tests.Heads.HeadCase;

namespace EvenKeel.Http.Tests.Heads;

/// <summary>Responses; a proxy answers all of them with 502, so that the status here is that of the fault itself.</summary>
internal static class ResponseCases
{
    private const string Ok = "HTTP/1.1 200 OK";

    public static IEnumerable<HeadCase> All =>
    [
        OfLine("another protocol", "ICY 200 OK", HttpFault.VersionInvalid, Ok),
        OfLine("an HTML page", "<html>", HttpFault.VersionInvalid, Ok),
        OfLine("noise", "\0\0\0", HttpFault.VersionInvalid, Ok),
        OfLine("space in front", " HTTP/1.1 200 OK", HttpFault.VersionInvalid, Ok),
        OfLine("version in lower case", "Http/1.1 200 OK", HttpFault.VersionInvalid, Ok),
        OfLine("version alone", "HTTP/1.1", HttpFault.StartLineMalformed, "HTTP/1.1 200"),
        OfLine("tab behind the version", "HTTP/1.1\t200 OK", HttpFault.StartLineMalformed, Ok),
        OfLine("long version", "HTTP/1.10 200 OK", HttpFault.StartLineMalformed, Ok),
        OfLine("version 2.0", "HTTP/2.0 200 OK", HttpFault.VersionNotSupported, Ok, 505),
        OfLine("version 1.2", "HTTP/1.2 200 OK", HttpFault.VersionNotSupported, "HTTP/1.0 200 OK", 505),
        OfLine("version of letters", "HTTP/x.y 200 OK", HttpFault.VersionInvalid, Ok),
        OfLine("no status", "HTTP/1.1 OK", HttpFault.StatusInvalid, Ok),
        OfLine("status of two digits", "HTTP/1.1 20 OK", HttpFault.StatusInvalid, Ok),
        OfLine("status of four digits", "HTTP/1.1 2000 OK", HttpFault.StatusInvalid, Ok),
        OfLine("status 099", "HTTP/1.1 099 OK", HttpFault.StatusInvalid, "HTTP/1.1 100 Continue"),
        OfLine("status 600", "HTTP/1.1 600 OK", HttpFault.StatusInvalid, "HTTP/1.1 599 OK"),
        OfLine("status with a sign", "HTTP/1.1 +20 OK", HttpFault.StatusInvalid, Ok),
        OfLine("status with a letter", "HTTP/1.1 2OO OK", HttpFault.StatusInvalid, Ok),
        OfLine("two spaces before the status", "HTTP/1.1  200 OK", HttpFault.StatusInvalid, Ok),
        OfLine("tab behind the status", "HTTP/1.1 200\tOK", HttpFault.StatusInvalid, "HTTP/1.1 200 \tOK"),
        OfLine("NUL in the reason", "HTTP/1.1 200 O\0K", HttpFault.FieldValueInvalid, "HTTP/1.1 200 O\u00e9K"),
        OfLine("escape in the reason", "HTTP/1.1 200 \u001b[2J", HttpFault.FieldValueInvalid, "HTTP/1.1 200 "),
        OfLine("CR in the reason", "HTTP/1.1 200 O\rK", HttpFault.BareCarriageReturn, Ok),
        new("status line ended by LF", "HTTP/1.1 200 OK\nA: b\r\n\r\n", HttpFault.BareLineFeed, 400, Head(Ok, "A: b")),
        new("head ended by LF", "HTTP/1.1 200 OK\r\nA: b\r\n\n", HttpFault.BareLineFeed, 400, Head(Ok, "A: b")),
        Of("two lengths", "Content-Length: 1\r\nContent-Length: 2", HttpFault.ContentLengthRepeated, "Content-Length: 2"),
        Of("two equal lengths", "Content-Length: 1\r\nContent-Length: 1", HttpFault.ContentLengthRepeated, "Content-Length: 1"),
        Of("list of lengths", "Content-Length: 1, 1", HttpFault.ContentLengthRepeated, "Content-Length: 1"),
        Of("length that is no number", "Content-Length: many", HttpFault.ContentLengthInvalid, "Content-Length: 1"),
        Of("length beyond 63 bits", "Content-Length: 99999999999999999999", HttpFault.ContentLengthTooLarge, "Content-Length: 9", 413),
        Of("length and chunks", "Content-Length: 1\r\nTransfer-Encoding: chunked", HttpFault.LengthAndTransferEncoding, "Transfer-Encoding: chunked"),
        Of("chunks and length", "Transfer-Encoding: chunked\r\nContent-Length: 1", HttpFault.LengthAndTransferEncoding, "Content-Length: 1"),
        new("chunks on HTTP/1.0", Head("HTTP/1.0 200 OK", "Transfer-Encoding: chunked"), HttpFault.TransferEncodingOnHttp10, 400,
            Head(Ok, "Transfer-Encoding: chunked")),
        Of("two codings fields", "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked", HttpFault.TransferEncodingInvalid, "Transfer-Encoding: chunked"),
        Of("coding without chunked", "Transfer-Encoding: gzip", HttpFault.TransferEncodingInvalid, "Content-Encoding: gzip"),
        Of("compressed and chunked", "Transfer-Encoding: gzip, chunked", HttpFault.TransferCodingNotSupported, "Transfer-Encoding: chunked", 501),
        Of("folded field", "A: b\r\n c", HttpFault.ObsoleteFold, "A: b c"),
        Of("space before the colon", "A : b", HttpFault.SpaceBeforeColon, "A: b"),
        Of("no colon", "A", HttpFault.FieldWithoutColon, "A:"),
        Of("no name", ": b", HttpFault.FieldNameEmpty, "A: b"),
        Of("invalid name", "A(: b", HttpFault.FieldNameInvalid, "A: (b"),
        Of("NUL in a value", "A: \0", HttpFault.FieldValueInvalid, "A: 0"),
        Of("CR in a value, the header injection", "Location: /\rSet-Cookie: a=b", HttpFault.BareCarriageReturn, "Location: /\r\nSet-Cookie: a=b"),
        Of("Connection that is no list", "Connection: a/b", HttpFault.ConnectionInvalid, "Connection: a,b"),
        new("head too large", Head(Ok, "A: " + new string('a', 1024)), HttpFault.HeadTooLarge, 431, Head(Ok, "A: " + new string('a', 900))),
        new("too many fields", Head(Ok, [.. Enumerable.Range(0, 21).Select(i => $"X-{i}: a")]), HttpFault.TooManyFields, 431, Head(Ok, [.. Enumerable.Range(0, 20).Select(i => $"X-{i}: a")])),
    ];

    private static HeadCase OfLine(string name, string refused, HttpFault fault, string twin, int status = 400)
        => new(name, Head(refused, "A: b"), fault, status, Head(twin, "A: b"));

    private static HeadCase Of(string name, string refused, HttpFault fault, string twin, int status = 400)
        => new(name, Head(Ok, refused), fault, status, Head(Ok, twin));
}

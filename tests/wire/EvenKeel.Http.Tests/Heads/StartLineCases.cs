using EvenKeel.Http.Faults;
using static EvenKeel.Http.Tests.Heads.HeadCase;

namespace EvenKeel.Http.Tests.Heads;

internal static class StartLineCases
{
    private const string Good = "GET / HTTP/1.1";

    public static IEnumerable<HeadCase> All =>
    [
        new("method missing", Line(" / HTTP/1.1"), HttpFault.MethodInvalid, 400, Line(Good)),
        new("method with a colon", Line("GE:T / HTTP/1.1"), HttpFault.MethodInvalid, 400, Line("GE-T / HTTP/1.1")),
        new("method with NUL", Line("GE\0T / HTTP/1.1"), HttpFault.MethodInvalid, 400, Line(Good)),
        new("method with a non-ASCII byte", Line("G\u00c9T / HTTP/1.1"), HttpFault.MethodInvalid, 400, Line(Good)),
        new("method in brackets", Line("(GET) / HTTP/1.1"), HttpFault.MethodInvalid, 400, Line(Good)),
        new("method behind a tab", Line("\tGET / HTTP/1.1"), HttpFault.MethodInvalid, 400, Line(Good)),
        new("tab behind the method", Line("GET\t/ HTTP/1.1"), HttpFault.MethodInvalid, 400, Line(Good)),
        new("method of 33 letters", Line(new string('M', 33) + " / HTTP/1.1"), HttpFault.MethodTooLong, 501, Line(new string('M', 32) + " / HTTP/1.1")),
        new("TLS greeting", "\u0016\u0003\u0001\u0002\0\u0001\0\u0001\r\n\r\n", HttpFault.MethodInvalid, 400, Line(Good)),
        new("line without a target", Line("GET HTTP/1.1"), HttpFault.StartLineMalformed, 400, Line(Good)),
        new("method alone", Line("GET"), HttpFault.StartLineMalformed, 400, Line(Good)),
        new("two spaces before the target", Line("GET  / HTTP/1.1"), HttpFault.StartLineMalformed, 400, Line(Good)),
        new("two spaces before the version", Line("GET /  HTTP/1.1"), HttpFault.StartLineMalformed, 400, Line(Good)),
        new("space at the end of the line", Line("GET / HTTP/1.1 "), HttpFault.StartLineMalformed, 400, Line(Good)),
        new("space in the target", Line("GET /a b HTTP/1.1"), HttpFault.StartLineMalformed, 400, Line("GET /a%20b HTTP/1.1")),
        new("HTTP/0.9", Line("GET /"), HttpFault.StartLineMalformed, 400, Line("GET / HTTP/1.0")),
        new("version in lower case", Line("GET / http/1.1"), HttpFault.VersionInvalid, 400, Line(Good)),
        new("version without a minor", Line("GET / HTTP/1"), HttpFault.VersionInvalid, 400, Line(Good)),
        new("version with two digits", Line("GET / HTTP/1.10"), HttpFault.VersionInvalid, 400, Line(Good)),
        new("version with a letter", Line("GET / HTTP/1.x"), HttpFault.VersionInvalid, 400, Line(Good)),
        new("version with a comma", Line("GET / HTTP/1,1"), HttpFault.VersionInvalid, 400, Line(Good)),
        new("another protocol", Line("GET / RTSP/1.0"), HttpFault.VersionInvalid, 400, Line(Good)),
        new("tab before the version", Line("GET /\tHTTP/1.1"), HttpFault.StartLineMalformed, 400, Line(Good)),
        new("preface of HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", HttpFault.VersionNotSupported, 505, Line("OPTIONS * HTTP/1.1")),
        new("version 1.2", Line("GET / HTTP/1.2"), HttpFault.VersionNotSupported, 505, Line(Good)),
        new("version 0.9 spelled out", Line("GET / HTTP/0.9"), HttpFault.VersionNotSupported, 505, Line(Good)),
        new("version 3.0", Line("GET / HTTP/3.0"), HttpFault.VersionNotSupported, 505, Line(Good)),
        new("LF alone behind the request line", "GET / HTTP/1.1\nHost: a\r\n\r\n", HttpFault.BareLineFeed, 400, Line(Good)),
        new("CR alone behind the request line", "GET / HTTP/1.1\rHost: a\r\n\r\n", HttpFault.BareCarriageReturn, 400, Line(Good)),
        new("CR within the request line", Line("GET /\r/ HTTP/1.1"), HttpFault.BareCarriageReturn, 400, Line(Good)),
        new("two CR behind the request line", "GET / HTTP/1.1\r\r\nHost: a\r\n\r\n", HttpFault.BareCarriageReturn, 400, Line(Good)),
        new("two empty lines in front", "\r\n\r\n" + Line(Good), HttpFault.StartLineMalformed, 400, "\r\n" + Line(Good)),
        new("LF in front", "\n" + Line(Good), HttpFault.MethodInvalid, 400, "\r\n" + Line(Good)),
        new("field instead of a request line", "Host: a\r\n\r\n", HttpFault.MethodInvalid, 400, Line(Good)),
        new("request line beyond the limit", Line("GET /" + new string('a', 1024) + " HTTP/1.1"), HttpFault.StartLineTooLong, 414,
            Line("GET /" + new string('a', 512) + " HTTP/1.1")),
    ];
}

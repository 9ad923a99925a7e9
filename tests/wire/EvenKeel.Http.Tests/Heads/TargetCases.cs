using EvenKeel.Http.Faults;
using static EvenKeel.Http.Tests.Heads.HeadCase;

namespace EvenKeel.Http.Tests.Heads;

internal static class TargetCases
{
    public static IEnumerable<HeadCase> All =>
    [
        Of("NUL", "/a\0b", HttpFault.TargetInvalid, "/?a%00b"),
        Of("tab", "/a\tb", HttpFault.TargetInvalid, "/?a%09b"),
        Of("DEL", "/a\u007fb", HttpFault.TargetInvalid, "/?a%7fb"),
        Of("fragment", "/a#b", HttpFault.TargetInvalid, "/a%23b"),
        Of("quotation mark", "/a\"b", HttpFault.TargetInvalid, "/a%22b"),
        Of("angle bracket", "/a<b", HttpFault.TargetInvalid, "/a%3cb"),
        Of("backslash in the path", "/a\\b", HttpFault.TargetInvalid, "/a?b\\c"),
        Of("UTF-8 letter", "/\u00c3\u00a9", HttpFault.TargetNotAscii, "/%c3%a9"),
        Of("byte 0x80 in the query", "/?q=\u0080", HttpFault.TargetNotAscii, "/?q=%80"),
        Of("no slash", "a/b", HttpFault.TargetFormInvalid, "/a/b"),
        Of("asterisk with GET", "*", HttpFault.TargetFormInvalid, "/*"),
        Of("asterisk and more", "*a", HttpFault.TargetFormInvalid, "/*a"),
        Of("query alone", "?q", HttpFault.TargetFormInvalid, "/?q"),
        Of("authority with GET", "example.com:80", HttpFault.TargetFormInvalid, "http://example.com:80"),
        Of("scheme without authority", "http:/a", HttpFault.TargetFormInvalid, "http://a/"),
        Of("scheme of no use", "ftp://a/", HttpFault.TargetUriInvalid, "http://a/"),
        Of("scheme with a space before it cut off", "://a/", HttpFault.TargetFormInvalid, "HTTP://a/"),
        Of("no host", "http:///a", HttpFault.TargetUriInvalid, "http://a/a"),
        Of("user name", "http://u@a/", HttpFault.TargetUriInvalid, "http://a/?u@"),
        Of("user name and password", "https://u:p@a/", HttpFault.TargetUriInvalid, "https://a/"),
        Of("port beyond 65535", "http://a:65536/", HttpFault.TargetUriInvalid, "http://a:65535/"),
        Of("port in words", "http://a:http/", HttpFault.TargetUriInvalid, "http://a:80/"),
        Of("host with percent-encoding", "http://a%2eb/", HttpFault.TargetUriInvalid, "http://a.b/"),
        Of("open bracket", "http://[::1/", HttpFault.TargetUriInvalid, "http://[::1]/"),
        Of("backslash behind the host", "http://a\\b/", HttpFault.TargetUriInvalid, "http://a/b"),
        Of("backslash in the path of a URI", "http://a/b\\c", HttpFault.TargetInvalid, "http://a/b/c"),
        new("CONNECT", Line("CONNECT a:443 HTTP/1.1"), HttpFault.ConnectNotSupported, 501, Line("GET http://a:443 HTTP/1.1")),
        new("CONNECT with a path", Line("CONNECT / HTTP/1.1"), HttpFault.ConnectNotSupported, 501, Line("GET / HTTP/1.1")),
        new("asterisk with a path for OPTIONS", Line("OPTIONS */a HTTP/1.1"), HttpFault.TargetFormInvalid, 400, Line("OPTIONS * HTTP/1.1")),
    ];

    private static HeadCase Of(string name, string refused, HttpFault fault, string twin)
        => new("target: " + name, Line($"GET {refused} HTTP/1.1"), fault, 400, Line($"GET {twin} HTTP/1.1"));
}

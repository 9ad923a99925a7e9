using EvenKeel.Http.Faults;
using static EvenKeel.Http.Tests.Heads.HeadCase;

namespace EvenKeel.Http.Tests.Heads;

internal static class HostCases
{
    public static IEnumerable<HeadCase> All =>
    [
        new("no Host on HTTP/1.1", Head("GET / HTTP/1.1"), HttpFault.HostMissing, 400, Head("GET / HTTP/1.0")),
        new("no Host beside an absolute target", Head("GET http://a/ HTTP/1.1"), HttpFault.HostMissing, 400, Head("GET http://a/ HTTP/1.1", "Host: b")),
        new("two Hosts", Get("Host: b"), HttpFault.HostRepeated, 400, Get("X-Host: b")),
        new("two equal Hosts", Get("Host: a"), HttpFault.HostRepeated, 400, Get()),
        new("two Hosts in different case", Get("hOST: a"), HttpFault.HostRepeated, 400, Get("hOSTs: a")),
        new("two Hosts on HTTP/1.0", Head("GET / HTTP/1.0", "Host: a", "Host: b"), HttpFault.HostRepeated, 400, Head("GET / HTTP/1.0", "Host: a")),
        Of("empty", "", "a"),
        Of("with a space", "a b", "a-b"),
        Of("two in a list", "a, b", "a"),
        Of("with a comma", "a,b", "a.b"),
        Of("with a path", "a/b", "a"),
        Of("with a user name", "u@a", "a"),
        Of("with a query", "a?b", "a"),
        Of("port without a name", ":80", "a:80"),
        Of("port in letters", "a:8o", "a:80"),
        Of("port beyond 65535", "a:70000", "a:7000"),
        Of("port of six digits", "a:000080", "a:00080"),
        Of("two ports", "a:1:2", "a:12"),
        Of("port with a sign", "a:+80", "a:80"),
        Of("non-ASCII", "\u00e9.example", "xn--9ca.example"),
        Of("percent-encoding", "a%00", "a00"),
        Of("IPv6 without brackets", "::1", "[::1]"),
        Of("IPv6 with letters beyond f", "[::g]", "[::f]"),
        Of("IPv6 with something behind", "[::1]a", "[::1]:80"),
        Of("empty brackets", "[]", "[::]"),
        Of("longer than a name can be", new string('a', 256), new string('a', 255)),
        Of("longer than a name can be, with a port", new string('a', 256) + ":80", new string('a', 255) + ":65535"),
        Of("IPv6 longer than an address can be", "[" + new string(':', 46) + "]", "[0000:0000:0000:0000:0000:ffff:192.168.100.100]"),
    ];

    private static HeadCase Of(string name, string refused, string twin)
        => new("host: " + name, Head("GET / HTTP/1.1", "Host: " + refused), HttpFault.HostInvalid, 400, Head("GET / HTTP/1.1", "Host: " + twin));
}

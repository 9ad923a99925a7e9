using System.Net;
using EvenKeel.Configuration.Model;

namespace EvenKeel.Gateway.Tests.Routing.Conditions;

public sealed class RouteConditionTests
{
    [Theory]
    [InlineData("GET", true)]
    [InlineData("HEAD", true)]
    [InlineData("POST", false)]
    [InlineData("get", false)]
    [InlineData("GETX", false)]
    public void Methods(string method, bool holds) => Check(new MatchOptions { Methods = ["GET", "HEAD"] }, $"{method} / HTTP/1.1\r\nHost: a\r\n\r\n", holds);

    [Theory]
    [InlineData(MatchKind.Equal, "b", "X-A: b", true)]
    [InlineData(MatchKind.Equal, "b", "x-a:   b  ", true)]
    [InlineData(MatchKind.Equal, "b", "X-A: B", false)]
    [InlineData(MatchKind.Equal, "b", "X-A: c\r\nX-A: b", true)]
    [InlineData(MatchKind.Equal, "b", "X-AB: b", false)]
    [InlineData(MatchKind.Prefix, "b", "X-A: bcd", true)]
    [InlineData(MatchKind.Prefix, "b", "X-A: abc", false)]
    [InlineData(MatchKind.Present, "", "X-A:", true)]
    [InlineData(MatchKind.Present, "", "X-B: a", false)]
    [InlineData(MatchKind.Absent, "", "X-B: a", true)]
    [InlineData(MatchKind.Absent, "", "X-A:", false)]
    public void Header_fields(MatchKind kind, string value, string fields, bool holds)
        => Check(new MatchOptions { Headers = [new NamedMatch("X-A", kind, value)] }, $"GET / HTTP/1.1\r\nHost: a\r\n{fields}\r\n\r\n", holds);

    [Theory]
    [InlineData(MatchKind.Equal, "b c", "q=b+c", true)]
    [InlineData(MatchKind.Equal, "b c", "x=1&q=b%20c&q", true)]
    [InlineData(MatchKind.Equal, "b c", "%71=%62%20%63", true)]
    [InlineData(MatchKind.Equal, "b", "q=bc", false)]
    [InlineData(MatchKind.Equal, "bc", "q=b", false)]
    [InlineData(MatchKind.Equal, "", "q", true)]
    [InlineData(MatchKind.Equal, "", "q=", true)]
    [InlineData(MatchKind.Equal, "b", "Q=b", false)]
    [InlineData(MatchKind.Equal, "%zz", "q=%zz", true)]
    [InlineData(MatchKind.Equal, "a=b", "q=a=b", true)]
    [InlineData(MatchKind.Prefix, "b", "q=bc", true)]
    [InlineData(MatchKind.Prefix, "b", "q=", false)]
    [InlineData(MatchKind.Present, "", "a&q&b", true)]
    [InlineData(MatchKind.Present, "", "qq=1", false)]
    [InlineData(MatchKind.Present, "", "", false)]
    [InlineData(MatchKind.Absent, "", "&&", true)]
    [InlineData(MatchKind.Absent, "", "q", false)]
    public void Query_parameters(MatchKind kind, string value, string query, bool holds)
        => Check(new MatchOptions { Query = [new NamedMatch("q", kind, value)] }, $"GET /?{query} HTTP/1.1\r\nHost: a\r\n\r\n", holds);

    [Theory]
    [InlineData(MatchKind.Equal, "b", "a=b", true)]
    [InlineData(MatchKind.Equal, "b", "x=1; a=b; y=2", true)]
    [InlineData(MatchKind.Equal, "b", "a=\"b\"", true)]
    [InlineData(MatchKind.Equal, "b", "A=b", false)]
    [InlineData(MatchKind.Equal, "b", "x=1\r\nCookie: a=b", true)]
    [InlineData(MatchKind.Prefix, "b", "a=bcd", true)]
    [InlineData(MatchKind.Present, "", "a=", true)]
    [InlineData(MatchKind.Present, "", "aa=1", false)]
    [InlineData(MatchKind.Absent, "", "b=1", true)]
    [InlineData(MatchKind.Absent, "", "a=", false)]
    public void Cookies(MatchKind kind, string value, string cookie, bool holds)
        => Check(new MatchOptions { Cookies = [new NamedMatch("a", kind, value)] }, $"GET / HTTP/1.1\r\nHost: a\r\nCookie: {cookie}\r\n\r\n", holds);

    [Theory]
    [InlineData("10.0.0.0/8", "10.255.1.2", true)]
    [InlineData("10.0.0.0/8", "11.0.0.0", false)]
    [InlineData("10.0.0.0/8", "::ffff:10.1.2.3", true)]
    [InlineData("192.168.1.7/32", "192.168.1.7", true)]
    [InlineData("192.168.1.7/32", "192.168.1.6", false)]
    [InlineData("0.0.0.0/0", "1.2.3.4", true)]
    [InlineData("0.0.0.0/0", "::1", false)]
    [InlineData("::/0", "1.2.3.4", true)]
    [InlineData("fd00::/8", "fdab::1", true)]
    [InlineData("fd00::/8", "fe80::1", false)]
    public void Networks_of_both_families(string network, string client, bool holds)
        => Check(
            new MatchOptions { Clients = [IPNetwork.Parse("203.0.113.0/24"), IPNetwork.Parse(network)] }, "GET / HTTP/1.1\r\nHost: a\r\n\r\n", holds, client);

    [Fact]
    public void All_conditions_have_to_hold()
    {
        var match = new MatchOptions
        {
            Methods = ["GET"],
            Query = [new NamedMatch("q", MatchKind.Present)],
            Headers = [new NamedMatch("X-A", MatchKind.Present)],
        };

        Check(match, "GET /?q HTTP/1.1\r\nHost: a\r\nX-A: 1\r\n\r\n", true);
        Check(match, "PUT /?q HTTP/1.1\r\nHost: a\r\nX-A: 1\r\n\r\n", false);
        Check(match, "GET /?r HTTP/1.1\r\nHost: a\r\nX-A: 1\r\n\r\n", false);
        Check(match, "GET /?q HTTP/1.1\r\nHost: a\r\nX-B: 1\r\n\r\n", false);
    }

    private static void Check(MatchOptions match, string request, bool holds, string client = "127.0.0.1")
        => Assert.Equal(holds ? 0 : -1, RouteTables.Find(RouteTables.Make([new RouteOptions { Service = "web", Match = match }]), request, client));
}

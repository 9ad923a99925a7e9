using System.Text;
using EvenKeel.Http.Bodies;
using EvenKeel.Http.Fields;
using EvenKeel.Http.Heads;

namespace EvenKeel.Http.Tests.Heads;

public sealed class RequestHeadTests
{
    [Theory]
    [InlineData("GET", "/a/b?c=d", "h", "/a/b?c=d", "/a/b", "h", TargetForm.Origin)]
    [InlineData("GET", "/?", "h", "/?", "/", "h", TargetForm.Origin)]
    [InlineData("GET", "//x", "h", "//x", "//x", "h", TargetForm.Origin)]
    [InlineData("OPTIONS", "*", "h", "*", "*", "h", TargetForm.Asterisk)]
    [InlineData("GET", "http://b:81/c?d", "h", "/c?d", "/c", "b:81", TargetForm.Absolute)]
    [InlineData("GET", "HTTPS://b", "h", "/", "/", "b", TargetForm.Absolute)]
    [InlineData("GET", "http://b?c", "h", "?c", "/", "b", TargetForm.Absolute)]
    [InlineData("OPTIONS", "http://b", "h", "*", "*", "b", TargetForm.Absolute)]
    public void A_target_is_taken_apart(string method, string target, string host, string expected, string path, string forHost, TargetForm form)
    {
        var bytes = Encoding.Latin1.GetBytes($"{method} {target} HTTP/1.1\r\nHost: {host}\r\n\r\n");
        var head = new RequestHead();
        Assert.Equal(HeadStatus.Complete, head.Parse(bytes, HeadLimits.Default));
        Assert.Equal(form, head.Form);
        Assert.Equal(method, Encoding.Latin1.GetString(head.MethodName(bytes)));
        Assert.Equal(expected, Encoding.Latin1.GetString(head.Target(bytes)));
        Assert.Equal(path, Encoding.Latin1.GetString(head.Path(bytes)));
        Assert.Equal(forHost, Encoding.Latin1.GetString(head.Host(bytes)));
        Assert.Equal(expected[0] == '?', head.NeedsSlash(bytes));
    }

    [Theory]
    [InlineData("HTTP/1.1", null, true)]
    [InlineData("HTTP/1.1", "close", false)]
    [InlineData("HTTP/1.1", "keep-alive, Close", false)]
    [InlineData("HTTP/1.0", null, false)]
    [InlineData("HTTP/1.0", "Keep-Alive", true)]
    [InlineData("HTTP/1.0", "keep-alive, close", false)]
    public void Keeping_alive_depends_on_the_version_and_on_Connection(string version, string? connection, bool expected)
    {
        var field = connection is null ? "" : $"Connection: {connection}\r\n";
        Assert.Equal(expected, Parse($"GET / {version}\r\nHost: a\r\n{field}\r\n").KeepsAlive);
    }

    [Fact]
    public void A_body_is_framed_by_its_length_or_by_chunks_or_not_there()
    {
        Assert.Equal(BodyFraming.None, Parse("POST / HTTP/1.1\r\nHost: a\r\n\r\n").Framing);
        Assert.Equal(BodyFraming.None, Parse("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n").Framing);
        Assert.Equal(BodyFraming.OfLength(7), Parse("GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 007\r\n\r\n").Framing);
        Assert.Equal(BodyFraming.Chunked, Parse("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: Chunked\r\n\r\n").Framing);
    }

    [Fact]
    public void Expecting_100_is_known_to_HTTP_1_1_only()
    {
        Assert.True(Parse("POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-Continue\r\nContent-Length: 1\r\n\r\n").ExpectsContinue);
        Assert.False(Parse("POST / HTTP/1.0\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 1\r\n\r\n").ExpectsContinue);
        Assert.False(Parse("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\n").ExpectsContinue);
    }

    [Fact]
    public void Asking_for_an_upgrade_takes_the_field_and_the_option()
    {
        Assert.True(Parse("GET / HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: keep-alive, Upgrade\r\n\r\n").AsksForUpgrade);
        Assert.False(Parse("GET / HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\n\r\n").AsksForUpgrade);
        Assert.False(Parse("GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\n\r\n").AsksForUpgrade);
        Assert.False(Parse("GET / HTTP/1.0\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n").AsksForUpgrade);
    }

    [Fact]
    public void Fields_keep_their_order_their_case_and_their_inner_blanks()
    {
        const string Text = "GET / HTTP/1.1\r\nHost: a\r\nX-Two: \t b  c\t \r\nx-one:\r\nX-Two:d\r\n\r\nrest";
        var bytes = Encoding.Latin1.GetBytes(Text);
        var head = new RequestHead();
        Assert.Equal(HeadStatus.Complete, head.Parse(bytes, HeadLimits.Default));
        Assert.Equal(Text.Length - 4, head.Length);
        Assert.Equal(
            ["Host=a", "X-Two=b  c", "x-one=", "X-Two=d"],
            head.Fields.ToArray().Select(f => $"{Encoding.Latin1.GetString(f.Name(bytes))}={Encoding.Latin1.GetString(f.Value(bytes))}"));
        Assert.True(head.TryFind(KnownField.Host, out _));
        Assert.False(head.TryFind(KnownField.Cookie, out _));
    }

    [Theory]
    [InlineData("GET", KnownMethod.Get, true)]
    [InlineData("HEAD", KnownMethod.Head, true)]
    [InlineData("PUT", KnownMethod.Put, true)]
    [InlineData("DELETE", KnownMethod.Delete, true)]
    [InlineData("OPTIONS", KnownMethod.Options, true)]
    [InlineData("TRACE", KnownMethod.Trace, true)]
    [InlineData("POST", KnownMethod.Post, false)]
    [InlineData("PATCH", KnownMethod.Patch, false)]
    [InlineData("PROPFIND", KnownMethod.Other, false)]
    [InlineData("get", KnownMethod.Other, false)]
    public void Methods_are_known_in_capitals_only_and_some_may_be_repeated(string name, KnownMethod method, bool idempotent)
    {
        Assert.Equal(method, Parse($"{name} / HTTP/1.1\r\nHost: a\r\n\r\n").Method);
        Assert.Equal(idempotent, method.IsIdempotent());
    }

    [Fact]
    public void One_object_reads_a_hundred_thousand_heads_without_allocating()
    {
        var bytes = Encoding.Latin1.GetBytes(
            "GET /a?b HTTP/1.1\r\nHost: a\r\nAccept: */*\r\nCookie: a=b\r\nConnection: keep-alive, x\r\nX: y\r\n\r\n");
        var head = new RequestHead();
        head.Parse(bytes, HeadLimits.Default);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100_000; i++)
        {
            head.Reset();
            if (head.Parse(bytes, HeadLimits.Default) != HeadStatus.Complete)
            {
                Assert.Fail("The head must be accepted every time.");
            }
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1024);
    }

    private static RequestHead Parse(string text)
    {
        var head = new RequestHead();
        Assert.Equal(HeadStatus.Complete, head.Parse(Encoding.Latin1.GetBytes(text), HeadLimits.Default));
        return head;
    }
}

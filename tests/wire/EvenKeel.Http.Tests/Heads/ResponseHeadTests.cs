using System.Text;
using EvenKeel.Http.Bodies;
using EvenKeel.Http.Heads;

namespace EvenKeel.Http.Tests.Heads;

public sealed class ResponseHeadTests
{
    [Theory]
    [InlineData("HTTP/1.1 200 OK", 200, "OK")]
    [InlineData("HTTP/1.1 204 ", 204, "")]
    [InlineData("HTTP/1.1 404", 404, "")]
    [InlineData("HTTP/1.0 599 Not  so\tgood", 599, "Not  so\tgood")]
    public void A_status_line_is_taken_apart(string line, int status, string reason)
    {
        var bytes = Encoding.Latin1.GetBytes(line + "\r\n\r\n");
        var head = new ResponseHead();
        Assert.Equal(HeadStatus.Complete, head.Parse(bytes, HeadLimits.Default));
        Assert.Equal(status, head.Status);
        Assert.Equal(reason, Encoding.Latin1.GetString(head.Reason(bytes)));
    }

    [Theory]
    [InlineData(200, "Content-Length: 5", KnownMethod.Get, BodyKind.Length)]
    [InlineData(200, "Content-Length: 0", KnownMethod.Get, BodyKind.None)]
    [InlineData(200, "Content-Length: 5", KnownMethod.Head, BodyKind.None)]
    [InlineData(200, "Transfer-Encoding: chunked", KnownMethod.Get, BodyKind.Chunked)]
    [InlineData(200, "Transfer-Encoding: chunked", KnownMethod.Head, BodyKind.None)]
    [InlineData(200, "A: b", KnownMethod.Get, BodyKind.UntilClose)]
    [InlineData(200, "A: b", KnownMethod.Head, BodyKind.None)]
    [InlineData(204, "Content-Length: 5", KnownMethod.Get, BodyKind.None)]
    [InlineData(304, "Content-Length: 5", KnownMethod.Get, BodyKind.None)]
    [InlineData(304, "A: b", KnownMethod.Get, BodyKind.None)]
    [InlineData(100, "A: b", KnownMethod.Post, BodyKind.None)]
    [InlineData(101, "A: b", KnownMethod.Get, BodyKind.None)]
    [InlineData(103, "Link: </a>", KnownMethod.Get, BodyKind.None)]
    [InlineData(404, "A: b", KnownMethod.Post, BodyKind.UntilClose)]
    public void The_status_the_method_and_the_fields_say_how_the_body_ends(int status, string field, KnownMethod method, BodyKind expected)
        => Assert.Equal(expected, Parse(status, field).FramingFor(method).Kind);

    [Theory]
    [InlineData(100, true)]
    [InlineData(101, false)]
    [InlineData(103, true)]
    [InlineData(199, true)]
    [InlineData(200, false)]
    public void Interim_responses_are_1xx_but_101(int status, bool interim) => Assert.Equal(interim, Parse(status, "A: b").IsInterim);

    private static ResponseHead Parse(int status, string field)
    {
        var head = new ResponseHead();
        Assert.Equal(HeadStatus.Complete, head.Parse(Encoding.Latin1.GetBytes($"HTTP/1.1 {status} Some\r\n{field}\r\n\r\n"), HeadLimits.Default));
        return head;
    }
}

using System.Text;
using EvenKeel.Fleet.Probes;

namespace EvenKeel.Fleet.Tests.Probes;

public sealed class ReplyHeadTests
{
    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\n\r\n", 200, null)]
    [InlineData("HTTP/1.0 204\r\n\r\nbody", 204, null)]
    [InlineData("HTTP/1.1 503 Service Unavailable\r\nx-evenkeel-nonce:  abc \r\n\r\n", 503, "abc")]
    [InlineData("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nX-EvenKeel-Nonce: n\r\n\r\n", 200, "n")]
    public void Status_and_nonce_are_read(string reply, int status, string? nonce) =>
        Assert.Equal(new ReplyHead(status, nonce), ReplyHead.TryRead(Encoding.ASCII.GetBytes(reply)));

    [Theory]
    [InlineData("")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n")]
    [InlineData("HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 200")]
    public void More_bytes_are_asked_for(string reply) => Assert.Null(ReplyHead.TryRead(Encoding.ASCII.GetBytes(reply)));

    [Theory]
    [InlineData("SSH-2.0-OpenSSH_9.2\r\n\r\n")]
    [InlineData("HTTP/2 200 OK\r\n\r\n")]
    [InlineData("HTTP/1.1 2x0 OK\r\n\r\n")]
    [InlineData("HTTP/1.1 2000 OK\r\n\r\n")]
    [InlineData("\r\n\r\n")]
    public void What_is_no_reply_is_refused(string reply) =>
        Assert.Throws<FormatException>(() => ReplyHead.TryRead(Encoding.ASCII.GetBytes(reply)));
}

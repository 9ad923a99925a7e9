using System.Text;
using EvenKeel.Resp.Frames;

namespace EvenKeel.Resp.Tests.Frames;

public class RespWriterTests
{
    [Fact]
    public void Frames_follow_one_another()
    {
        var writer = new RespWriter();
        writer.WriteArrayHeader(3);
        writer.WriteBulk("é");
        writer.WriteBulkInteger(long.MinValue);
        writer.WriteNullBulk();
        writer.WriteSimpleString("OK"u8);
        writer.WriteInteger(-1);
        writer.WriteNullArray();
        Assert.Equal("*3\r\n$2\r\né\r\n$20\r\n-9223372036854775808\r\n$-1\r\n+OK\r\n:-1\r\n*-1\r\n", Encoding.UTF8.GetString(writer.Written));
    }

    [Fact]
    public void An_error_cannot_smuggle_in_a_frame_of_its_own()
    {
        var writer = new RespWriter();
        writer.WriteError("ERR unknown command 'a\r\n+OK'");
        Assert.Equal("-ERR unknown command 'a  +OK'\r\n", Encoding.UTF8.GetString(writer.Written));
    }

    [Fact]
    public void The_buffer_grows_for_a_large_frame_and_is_given_back()
    {
        var writer = new RespWriter();
        writer.WriteBulk(new byte[3_000_000]);
        Assert.Equal("$3000000\r\n\r\n".Length + 3_000_000, writer.Length);
        writer.Clear();
        Assert.Equal(0, writer.Length);
        writer.WriteInteger(7);
        Assert.Equal(":7\r\n"u8.ToArray(), writer.WrittenMemory.ToArray());
    }

    [Theory]
    [InlineData("0", 0)]
    [InlineData("-1", -1)]
    [InlineData("9223372036854775807", long.MaxValue)]
    [InlineData("-9223372036854775808", long.MinValue)]
    public void Integers_have_one_spelling(string text, long expected)
    {
        Assert.True(RespInteger.TryParse(Encoding.ASCII.GetBytes(text), out long value));
        Assert.Equal(expected, value);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData("+1")]
    [InlineData("01")]
    [InlineData("-0")]
    [InlineData(" 1")]
    [InlineData("1 ")]
    [InlineData("1.0")]
    [InlineData("9223372036854775808")]
    public void Other_spellings_are_no_integers(string text) => Assert.False(RespInteger.TryParse(Encoding.ASCII.GetBytes(text), out _));
}

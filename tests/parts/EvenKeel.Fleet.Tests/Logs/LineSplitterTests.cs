using System.Text;
using EvenKeel.Fleet.Logs;

namespace EvenKeel.Fleet.Tests.Logs;

public sealed class LineSplitterTests
{
    private readonly List<string> _lines = [];

    [Theory]
    [InlineData("one\ntwo\n", new[] { "one", "two" })]
    [InlineData("one\r\ntwo\r\n", new[] { "one", "two" })]
    [InlineData("\n\n", new[] { "", "" })]
    [InlineData("no end", new[] { "no end" })]
    [InlineData("", new string[0])]
    public void Text_is_cut_at_line_ends(string text, string[] lines) => Assert.Equal(lines, Split(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void The_chunks_that_bytes_come_in_make_no_difference()
    {
        var bytes = Encoding.UTF8.GetBytes("grün\r\n水\n" + new string('x', 500) + "\nend");
        var expected = Split(bytes);
        for (var size = 1; size < 20; size++)
        {
            _lines.Clear();
            Assert.Equal(expected, Split([.. bytes.Chunk(size)]));
        }
    }

    [Fact]
    public void A_line_that_is_too_long_comes_in_pieces_of_the_limit()
    {
        var lines = Split(Encoding.ASCII.GetBytes(new string('a', (LineSplitter.LineLimit * 2) + 5) + "\nnext\n"));

        Assert.Equal([LineSplitter.LineLimit, LineSplitter.LineLimit, 5, 4], lines.Select(line => line.Length));
    }

    [Fact]
    public void A_line_of_exactly_the_limit_is_whole() =>
        Assert.Equal(
            [LineSplitter.LineLimit, 4],
            Split(Encoding.ASCII.GetBytes(new string('a', LineSplitter.LineLimit) + "\nnext\n")).Select(line => line.Length));

    [Fact]
    public void A_character_is_not_cut_in_two()
    {
        foreach (var (character, shift) in new[] { ("水", 1), ("水", 2), ("é", 1), ("😀", 1), ("😀", 2), ("😀", 3) })
        {
            _lines.Clear();
            var lines = Split(Encoding.UTF8.GetBytes(new string('a', LineSplitter.LineLimit - shift) + character + "b\n"));
            Assert.Equal([new string('a', LineSplitter.LineLimit - shift), character + "b"], lines);
        }
    }

    [Fact]
    public void Bytes_that_are_no_text_are_replaced_and_lose_no_line()
    {
        var lines = Split([0xFF, 0xFE, (byte)'\n', 0x80, 0x80, (byte)'x', (byte)'\n']);

        Assert.Equal(["\uFFFD\uFFFD", "\uFFFD\uFFFDx"], lines);
    }

    [Fact]
    public void An_endless_stream_of_continuation_bytes_is_cut_too()
    {
        var lines = Split(Enumerable.Repeat((byte)0x80, LineSplitter.LineLimit * 3).ToArray());

        Assert.Equal(3, lines.Count);
    }

    private List<string> Split(params byte[][] chunks)
    {
        var splitter = new LineSplitter(_lines.Add);
        foreach (var chunk in chunks)
        {
            splitter.Add(chunk);
        }

        splitter.Complete();
        return [.. _lines];
    }
}

using System.Text.Json;
using EvenKeel.Proof.Workload;

namespace EvenKeel.Proof.Tests.Workload;

public sealed class JsonPointerTests
{
    private const string Example = """
        {"foo":["bar","baz"],"":0,"a/b":1,"c%d":2,"e^f":3,"g|h":4,"i\\j":5,"k\"l":6," ":7,"m~n":8}
        """;

    [Theory]
    [InlineData("/foo/0", "\"bar\"")]
    [InlineData("/", "0")]
    [InlineData("/a~1b", "1")]
    [InlineData("/c%d", "2")]
    [InlineData("/e^f", "3")]
    [InlineData("/g|h", "4")]
    [InlineData("/i\\j", "5")]
    [InlineData("/k\"l", "6")]
    [InlineData("/ ", "7")]
    [InlineData("/m~0n", "8")]
    public void The_examples_of_the_specification_lead_where_it_says(string pointer, string expected)
    {
        using var document = JsonDocument.Parse(Example);

        Assert.True(JsonPointer.Parse(pointer).TryFind(document.RootElement, out var found, out _));
        Assert.Equal(expected, found.GetRawText());
    }

    [Fact]
    public void The_empty_pointer_is_the_whole_document()
    {
        using var document = JsonDocument.Parse("[1]");

        Assert.True(JsonPointer.Parse("").TryFind(document.RootElement, out var found, out _));
        Assert.Equal(JsonValueKind.Array, found.ValueKind);
    }

    [Theory]
    [InlineData("/foo/2", "'/foo' is an array of 2 without '2'")]
    [InlineData("/foo/01", "'/foo' is an array of 2 without '01'")]
    [InlineData("/foo/-", "'/foo' is an array of 2 without '-'")]
    [InlineData("/nothing/deep", "the document is an object with foo, , a/b, c%d, e^f, g|h, i\\j, k\"l, ... without 'nothing'")]
    [InlineData("/foo/0/x", "'/foo/0' is a string without 'x'")]
    public void A_pointer_that_leads_nowhere_says_how_far_it_led(string pointer, string problem)
    {
        using var document = JsonDocument.Parse(Example);

        Assert.False(JsonPointer.Parse(pointer).TryFind(document.RootElement, out _, out var said));
        Assert.Equal(problem, said);
    }

    [Theory]
    [InlineData("id")]
    [InlineData("/a~b")]
    [InlineData("/a~")]
    [InlineData("/~2")]
    public void What_is_no_pointer_is_refused(string text)
    {
        Assert.Throws<FormatException>(() => JsonPointer.Parse(text));
    }
}

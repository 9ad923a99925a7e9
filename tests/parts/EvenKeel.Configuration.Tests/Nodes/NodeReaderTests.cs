using EvenKeel.Configuration.Diagnostics;
using EvenKeel.Configuration.Nodes;

namespace EvenKeel.Configuration.Tests.Nodes;

public sealed class NodeReaderTests
{
    [Theory]
    [InlineData("a: b\nkey: value\n", 2, 6, 5)]
    [InlineData("a: b\r\nkey: value\r\n", 2, 6, 5)]
    [InlineData("a: b\n\n# comment\nkey:   'value' # comment\n", 4, 8, 7)]
    [InlineData("{ a: b, key: value }", 1, 14, 5)]
    [InlineData("é: b\nkey: value", 2, 6, 5)]
    [InlineData("key: |\n  first\n  second\n", 1, 6, 1)]
    [InlineData("key: [1,\n  2]\n", 1, 6, 3)]
    [InlineData("key:\n  inner: 1\n", 2, 3, 5)]
    [InlineData("key:\n  - 1\n", 2, 3, 1)]
    public void A_value_knows_its_place(string text, int line, int column, int length)
    {
        var root = Assert.IsType<ConfigMap>(Read(text, out _));

        Assert.Equal(new SourceSpan(line, column, length), root.Find("key")!.Span);
    }

    [Fact]
    public void Nesting_is_allowed_to_the_limit_and_no_deeper()
    {
        static string Nest(int levels) => new string('[', levels) + new string(']', levels);

        Assert.NotNull(Read(Nest(NodeReader.MaxDepth), out var good));
        Assert.Empty(good);
        Assert.Null(Read(Nest(NodeReader.MaxDepth + 1), out var bad));
        Assert.Equal((DiagnosticCodes.TooDeep, 33), (Assert.Single(bad).Code, bad[0].Span!.Value.Column));
    }

    [Theory]
    [InlineData("~", nameof(ScalarType.Null))]
    [InlineData("true", nameof(ScalarType.Boolean))]
    [InlineData("yes", nameof(ScalarType.Text))]
    [InlineData("off", nameof(ScalarType.Text))]
    [InlineData("1", nameof(ScalarType.Number))]
    [InlineData("-1.5e3", nameof(ScalarType.Number))]
    [InlineData("0x1F", nameof(ScalarType.Number))]
    [InlineData("1.2.3", nameof(ScalarType.Text))]
    [InlineData("10s", nameof(ScalarType.Text))]
    [InlineData("'1'", nameof(ScalarType.Text))]
    [InlineData("\"true\"", nameof(ScalarType.Text))]
    [InlineData("|\n  1", nameof(ScalarType.Text))]
    public void Unquoted_values_have_the_types_of_yaml_1_2(string value, string type) =>
        Assert.Equal(type, Assert.IsType<ConfigScalar>(((ConfigMap)Read($"key: {value}", out _)!).Find("key")).Type.ToString());

    private static ConfigNode? Read(string text, out IReadOnlyList<Diagnostic> diagnostics)
    {
        var bag = new DiagnosticBag();
        var root = NodeReader.Read(new SourceText("evenkeel.yaml", text), bag);
        diagnostics = bag.ToList();
        return root;
    }
}

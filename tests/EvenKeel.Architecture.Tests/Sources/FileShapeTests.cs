namespace EvenKeel.Architecture.Tests.Sources;

public sealed class FileShapeTests
{
    [Fact]
    public void Files_are_short_and_named_after_their_one_type() => Finding.AssertNone(FileShape.Check(SourceTree.Repository()));

    [Fact]
    public void The_longest_allowed_file_passes_and_one_line_more_is_found()
    {
        using var planted = Project()
            .With("src/core/A/Fits.cs", Lines("namespace A;", "class Fits;", FileShape.MaxLines))
            .With("src/core/A/Long.cs", Lines("namespace A;", "class Long;", FileShape.MaxLines + 1));

        var finding = Assert.Single(FileShape.Check(planted.Tree));

        Assert.Equal(("src/core/A/Long.cs", FileShape.MaxLines + 1), (finding.File, finding.Line));
    }

    [Theory]
    [InlineData("namespace A.Elsewhere;\n\npublic sealed class Ring\n{\n}\n", 1, "expected A.Rings")]
    [InlineData("namespace A.Rings;\n\npublic sealed class Circle\n{\n}\n", 3, "does not match the file's name")]
    [InlineData("namespace A.Rings;\n\npublic sealed class Ring;\n\ninternal readonly record struct Slot(int Value);\n", 5, "the file's second")]
    public void A_planted_type_is_found_with_its_line(string text, int line, string complaint)
    {
        using var planted = Project().With("src/core/A/Rings/Ring.cs", text);

        var finding = Assert.Single(FileShape.Check(planted.Tree));

        Assert.Equal(("src/core/A/Rings/Ring.cs", line), (finding.File, finding.Line));
        Assert.Contains(complaint, finding.What, StringComparison.Ordinal);
    }

    private static PlantedTree Project() => new PlantedTree().With("src/core/A/A.csproj", "<Project />");

    private static string Lines(string first, string second, int count) =>
        string.Join('\n', [first, second, .. Enumerable.Repeat("// line", count - 2)]);
}

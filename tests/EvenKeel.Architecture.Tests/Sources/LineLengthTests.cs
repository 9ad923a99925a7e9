namespace EvenKeel.Architecture.Tests.Sources;

public sealed class LineLengthTests
{
    [Fact]
    public void Lines_fit_a_screen() => Finding.AssertNone(LineLength.Check(SourceTree.Repository()));

    [Fact]
    public void The_longest_allowed_line_passes_and_one_character_more_is_found()
    {
        using var planted = new PlantedTree().With("src/A.cs", $"{Comment(LineLength.Limit)}\n\n{Comment(LineLength.Limit + 1)}\n");

        var finding = Assert.Single(LineLength.Check(planted.Tree));

        Assert.Equal(("src/A.cs", 3), (finding.File, finding.Line));
    }

    [Fact]
    public void A_long_text_is_not_cut_in_two_but_many_short_ones_are()
    {
        var text = new string('a', LineLength.LongText);
        var words = string.Join(", ", Enumerable.Repeat("\"word\"", 30));
        using var planted = new PlantedTree().With(
            "src/A.cs", $"{Comment(100)} \"{text}\"\n\"\"\"\n{Comment(LineLength.Limit + 1)}\n\"\"\"\n{words}\n");

        Assert.Equal(5, Assert.Single(LineLength.Check(planted.Tree)).Line);
    }

    private static string Comment(int length) => "//" + new string('x', length - 2);
}

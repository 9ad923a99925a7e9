namespace EvenKeel.Architecture.Tests.Sources;

public sealed class PlainWordsTests
{
    [Fact]
    public void Texts_have_no_em_dash_and_no_loose_end() => Finding.AssertNone(PlainWords.Check(SourceTree.Repository()));

    [Fact]
    public void A_planted_dash_is_found_with_its_line()
    {
        using var planted = new PlantedTree().With("docs/page.md", "# Page\n\nfast \u2014 and right\n");

        var finding = Assert.Single(PlainWords.Check(planted.Tree));

        Assert.Equal(("docs/page.md", 3), (finding.File, finding.Line));
    }
}

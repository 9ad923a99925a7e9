namespace EvenKeel.Architecture.Tests.Docs;

public sealed class PathsInDocsTests
{
    [Fact]
    public void Paths_in_the_docs_exist() => Finding.AssertNone(PathsInDocs.Check(SourceTree.Repository()));

    [Theory]
    [InlineData("See [the page](gone.md).", "docs/gone.md")]
    [InlineData("Look into `src/gone/File.cs`.", "src/gone/File.cs")]
    [InlineData("All of `src/*.yaml`.", "src/*.yaml")]
    public void A_planted_path_is_found_with_its_line(string text, string path)
    {
        using var planted = new PlantedTree().With("src/Here.cs", "").With("docs/page.md", $"# Page\n\n`src/Here.cs` [self](page.md)\n{text}\n");

        var finding = Assert.Single(PathsInDocs.Check(planted.Tree));

        Assert.Equal(("docs/page.md", 4, $"'{path}' does not exist"), (finding.File, finding.Line, finding.What));
    }

    [Fact]
    public void The_readme_stays_short() => Assert.InRange(SourceTree.Repository().Lines("README.md").Length, 1, 250);

    [Fact]
    public void The_contributors_guide_stays_short() => Assert.InRange(SourceTree.Repository().Lines("CONTRIBUTING.md").Length, 1, 120);
}

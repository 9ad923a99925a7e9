namespace EvenKeel.Architecture.Tests.References;

public sealed class ProjectEdgesTests
{
    [Fact]
    public void References_point_down_only() => Finding.AssertNone(ProjectEdges.Check(SourceTree.Repository()));

    [Theory]
    [InlineData("src/core/EvenKeel.Routing", "src/wire/EvenKeel.Http", "src/wire/ is above src/core/")]
    [InlineData("src/wire/EvenKeel.Http", "src/wire/EvenKeel.Resp", "the edge is not in the list")]
    [InlineData("src/parts/EvenKeel.Gateway", "src/parts/EvenKeel.Fleet", "the edge is not in the list")]
    [InlineData("services/Albums", "src/parts/EvenKeel.Gateway", "services use only")]
    public void A_planted_reference_is_found_with_its_line(string from, string to, string complaint)
    {
        var file = $"{from}/{Path.GetFileName(from)}.csproj";
        using var planted = new PlantedTree().With(file, $"""
            <Project>
              <ItemGroup>
                <ProjectReference Include="$(RepositoryRoot){to}/{Path.GetFileName(to)}.csproj" />
              </ItemGroup>
            </Project>
            """);

        var finding = Assert.Single(ProjectEdges.Check(planted.Tree));

        Assert.Equal((file, 3), (finding.File, finding.Line));
        Assert.Contains(complaint, finding.What, StringComparison.Ordinal);
    }
}

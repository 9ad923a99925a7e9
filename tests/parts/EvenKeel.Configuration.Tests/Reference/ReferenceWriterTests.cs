using EvenKeel.Configuration.Reference;

namespace EvenKeel.Configuration.Tests.Reference;

public sealed class ReferenceWriterTests
{
    [Fact]
    public void The_committed_reference_page_is_what_the_schema_model_says() =>
        Repository.AssertSame(Path.Combine(Repository.Root, "docs/reference/configuration.md"), ReferenceWriter.WriteMarkdown());

    [Fact]
    public void Every_section_can_be_written_alone_and_stands_in_the_page()
    {
        var page = ReferenceWriter.WriteMarkdown();

        Assert.Contains("service", ReferenceWriter.Sections);
        Assert.All(ReferenceWriter.Sections, name => Assert.Contains(ReferenceWriter.WriteSection(name)!, page, StringComparison.Ordinal));
        Assert.Null(ReferenceWriter.WriteSection("servce"));
    }

    [Fact]
    public void Every_link_inside_the_page_has_its_heading()
    {
        var page = ReferenceWriter.WriteMarkdown();
        var headings = page.Split('\n').Where(l => l.StartsWith("##", StringComparison.Ordinal))
            .Select(l => l.TrimStart('#', ' ').ToLowerInvariant().Replace(' ', '-')).ToHashSet();

        Assert.All(System.Text.RegularExpressions.Regex.Matches(page, @"\]\(#(?<anchor>[^)]+)\)"), m =>
            Assert.Contains(m.Groups["anchor"].Value, headings));
    }
}

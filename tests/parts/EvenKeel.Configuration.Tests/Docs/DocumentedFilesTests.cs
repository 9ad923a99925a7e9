using EvenKeel.Configuration.Diagnostics;

namespace EvenKeel.Configuration.Tests.Docs;

/// <summary>
/// Every block of YAML in the pages is valid. A block that begins with <c>routes:</c> stands for the section of the gateway; one that is no
/// whole file gets what it lacks around it. Left out: a block without a key of the file, such as a line of one.
/// </summary>
public sealed class DocumentedFilesTests
{
    private const string Services = "services: { web: { command: x }, api: { command: x }, next: { command: x }, db: { command: x } }\n";

    public static TheoryData<string> Pages =>
        [.. Directory.GetFiles(Path.Combine(Repository.Root, "docs"), "*.md", SearchOption.AllDirectories)
            .Where(file => Blocks(File.ReadAllText(file)).Count > 0)
            .Select(file => Path.GetRelativePath(Repository.Root, file)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_block_of_a_page_is_valid(string page)
        => Assert.All(Blocks(File.ReadAllText(Path.Combine(Repository.Root, page))), block => Assert.Equal("", Errors(block)));

    [Fact]
    public void A_planted_block_that_is_not_valid_is_found()
    {
        var block = Assert.Single(Blocks("# Page\n\n```yaml\nroutes:\n  - { path: /a, servce: web }\n```\n"));

        Assert.Contains("EK2003", Errors(block), StringComparison.Ordinal);
        Assert.Empty(Blocks("```yaml\ncommand: x\n```\n```\nroutes: []\n```\n"));
    }

    private static List<string> Blocks(string page)
    {
        var blocks = new List<string>();
        List<string>? block = null;
        foreach (var line in page.Split('\n'))
        {
            if (block is null)
            {
                block = line == "```yaml" ? [] : null;
            }
            else if (line == "```")
            {
                if (block.Any(IsKeyOfTheFile))
                {
                    blocks.Add(string.Join('\n', block) + "\n");
                }

                block = null;
            }
            else
            {
                block.Add(line);
            }
        }

        return blocks;
    }

    private static bool IsKeyOfTheFile(string line) => new[] { "version:", "routes:", "gateway:", "services:", "state:", "load:", "prove:", "needs:" }
        .Any(key => line.StartsWith(key, StringComparison.Ordinal));

    private static string Errors(string block)
    {
        var text = block.StartsWith("routes:", StringComparison.Ordinal)
            ? "gateway:\n  " + block.TrimEnd().Replace("\n", "\n  ", StringComparison.Ordinal) + "\n"
            : block;
        text = Has(text, "services:") ? text : Services + text;
        text = Has(text, "version:") ? text : "version: 1\n" + text;
        if (Has(text, Services.TrimEnd()) && !text.Contains("routes:", StringComparison.Ordinal))
        {
            text = Has(text, "gateway:")
                ? text.Replace("gateway:\n", "gateway:\n  routes: [ { service: web } ]\n", StringComparison.Ordinal)
                : text.Replace(Services, "services: { web: { command: x } }\n", StringComparison.Ordinal);
        }

        return DiagnosticRenderer.Render(ConfigurationLoader.LoadText(text, "evenkeel.yaml", new Dictionary<string, string>()).Diagnostics);
    }

    private static bool Has(string text, string start) => text.Split('\n').Any(line => line.StartsWith(start, StringComparison.Ordinal));
}

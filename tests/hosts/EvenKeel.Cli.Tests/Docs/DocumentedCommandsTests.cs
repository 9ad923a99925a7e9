using EvenKeel.Cli.Tests.Running;

namespace EvenKeel.Cli.Tests.Docs;

public sealed class DocumentedCommandsTests : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("evenkeel-docs-");

    public void Dispose() => _root.Delete(recursive: true);

    [Fact]
    public void Every_command_in_the_pages_parses()
    {
        var violations = DocumentedCommands.Violations(BuiltPrograms.Repository);

        Assert.True(violations.Count == 0, string.Join('\n', violations));
    }

    [Fact]
    public void Commands_are_found_in_blocks_and_in_inline_code()
    {
        Page("README.md", """
            Say `evenkeel ps --json` or `./evenkeel down`, not evenkeel alone.
            ```console
            $ ./evenkeel init --command 'node server.js' \
                --add 'POST /things' --list 'GET /things'   # asks it
            evenkeel: exit 10 (violation)
            ```
            """);

        Assert.Equal(
            [(1, "evenkeel ps --json"), (1, "./evenkeel down"), (3, "./evenkeel init --command 'node server.js' --add 'POST /things' --list 'GET /things'")],
            DocumentedCommands.Find(_root.FullName).Select(command => (command.Line, command.Text)));
        Assert.Empty(DocumentedCommands.Violations(_root.FullName));
    }

    [Theory]
    [InlineData("Say `evenkeel prov file.yaml`.", 3, "prov")]
    [InlineData("```\n./evenkeel up --dettach\n```", 4, "--dettach")]
    [InlineData("```console\n$ evenkeel demo --bug crash\n```", 4, "crash")]
    [InlineData("Then `evenkeel kill --name x`.", 3, "kill")]
    [InlineData("Then `./evenkeel run-service Nope`.", 3, "no such service")]
    public void A_planted_command_that_does_not_parse_is_found_with_its_line(string text, int line, string word)
    {
        Page("docs/how-to/page.md", $"# Page\n\n{text}\n");

        var violation = Assert.Single(DocumentedCommands.Violations(_root.FullName));

        Assert.StartsWith($"docs/how-to/page.md:{line}: ", violation, StringComparison.Ordinal);
        Assert.Contains(word, violation, StringComparison.Ordinal);
    }

    private void Page(string path, string text)
    {
        var file = Path.Combine(_root.FullName, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }
}

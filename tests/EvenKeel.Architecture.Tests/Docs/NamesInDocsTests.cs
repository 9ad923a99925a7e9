namespace EvenKeel.Architecture.Tests.Docs;

public sealed class NamesInDocsTests
{
    private const string Codes = "docs/reference/error-codes.md";
    private const string Commands = "docs/reference/cli.md";

    [Fact]
    public void Every_error_code_of_the_program_has_an_entry() => Finding.AssertNone(NamesInDocs.CheckErrorCodes(SourceTree.Repository()));

    [Fact]
    public void Every_command_has_a_section() => Finding.AssertNone(NamesInDocs.CheckCommands(SourceTree.Repository()));

    [Fact]
    public void Every_flag_is_listed() => Finding.AssertNone(NamesInDocs.CheckFlags(SourceTree.Repository()));

    [Theory]
    [InlineData("throw Say(\"EK3001\");", "## EK3001: one\n## EK3002: two\n", Codes, 2, "'EK3002' is nowhere in src/hosts/")]
    [InlineData(
        "throw Say(\"EK3001\");\nthrow Say(\"EK3002\");", "## EK3001: one\n", "src/hosts/Here.cs", 2, "'EK3002' has no entry in docs/reference/error-codes.md")]
    public void A_planted_code_is_found_with_its_line(string source, string page, string file, int line, string what)
    {
        using var planted = new PlantedTree().With("src/hosts/Here.cs", source).With(Codes, page);

        Assert.Equal(new Finding(file, line, what), Assert.Single(NamesInDocs.CheckErrorCodes(planted.Tree)));
    }

    [Theory]
    [InlineData("new Command(\"up\", \"\");\nnew Command(\"fly\", \"\");", "## up\n", "src/hosts/Here.cs", 2, "'fly' has no entry in docs/reference/cli.md")]
    [InlineData(
        "new Command(\"up\", \"\");\nnew Command(\"secret\", \"\") { Hidden = true };", "## up\n## fly\n", Commands, 2, "'fly' is nowhere in src/hosts/")]
    [InlineData("Create(context, \"kill\", \"\");", "", "src/hosts/Here.cs", 1, "'kill' has no entry in docs/reference/cli.md")]
    public void A_planted_command_is_found_with_its_line(string source, string page, string file, int line, string what)
    {
        using var planted = new PlantedTree().With("src/hosts/Here.cs", source).With(Commands, page);

        Assert.Equal(new Finding(file, line, what), Assert.Single(NamesInDocs.CheckCommands(planted.Tree)));
    }

    [Theory]
    [InlineData("var fast = new Option<bool>(\"--fast\");", "", "src/hosts/Here.cs", 1, "'--fast' has no entry in docs/reference/cli.md")]
    [InlineData("Option<string?> Name() => new(\"--name\");", "| `--name` | n |\n| `-f`, `--fast` | f |\n", Commands, 2, "'--fast' is nowhere in src/hosts/")]
    public void A_planted_flag_is_found_with_its_line(string source, string page, string file, int line, string what)
    {
        using var planted = new PlantedTree().With("src/hosts/Here.cs", source).With(Commands, page);

        Assert.Equal(new Finding(file, line, what), Assert.Single(NamesInDocs.CheckFlags(planted.Tree)));
    }
}

using EvenKeel.Configuration.Diagnostics;

namespace EvenKeel.Configuration.Tests;

/// <summary>Each file of <c>Broken/</c> gives exactly the text beside it.</summary>
public sealed class BrokenFilesTests
{
    private static readonly string Folder = Path.Combine(Repository.Tests, "Broken");

    /// <summary>What the files may interpolate.</summary>
    internal static readonly Dictionary<string, string> Environment = new() { ["PORT"] = "8081", ["EMPTY"] = "" };

    public static TheoryData<string> Files =>
        [.. Directory.GetFiles(Folder, "*.yaml").Select(f => Path.GetFileNameWithoutExtension(f)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Files))]
    public void A_broken_file_is_explained_in_exactly_these_words(string name)
    {
        var text = File.ReadAllText(Path.Combine(Folder, name + ".yaml"));

        var result = ConfigurationLoader.LoadText(text, "evenkeel.yaml", Environment);

        Assert.Null(result.Cluster);
        Assert.NotEmpty(result.Diagnostics);
        Repository.AssertSame(Path.Combine(Folder, name + ".expected"), DiagnosticRenderer.Render(result.Diagnostics));
    }

    [Fact]
    public void Every_expected_text_belongs_to_a_file_and_there_are_enough()
    {
        var files = Directory.GetFiles(Folder);
        var orphans = files.Where(f => !File.Exists(Path.ChangeExtension(f, Path.GetExtension(f) == ".yaml" ? ".expected" : ".yaml")));

        Assert.Empty(orphans);
        Assert.All(files, f => Assert.True(Path.GetExtension(f) is ".yaml" or ".expected", f));
        Assert.True(Files.Count >= 60);
    }

    [Fact]
    public void No_message_shows_a_type_of_the_program_or_of_its_parser()
    {
        var texts = Directory.GetFiles(Folder, "*.expected").Select(File.ReadAllText);

        Assert.All(texts, text =>
            Assert.DoesNotMatch(@"System\.|YamlDotNet|EvenKeel\.|Exception|\bat [A-Z]\w+\.|null reference|Int32|TimeSpan|IReadOnly", text));
    }

    [Fact]
    public void Every_code_about_the_content_of_a_file_is_shown_by_one_of_the_files()
    {
        string[] notAboutContent = [DiagnosticCodes.FileNotFound, DiagnosticCodes.TwoFiles, DiagnosticCodes.Unreadable,
            DiagnosticCodes.NotText,
            DiagnosticCodes.FileTooLarge, DiagnosticCodes.BadEnvFile, DiagnosticCodes.TooManyErrors];
        var shown = string.Concat(Directory.GetFiles(Folder, "*.expected").Select(File.ReadAllText));

        Assert.All(ErrorCodePageTests.AllCodes().Except(notAboutContent), code =>
            Assert.Contains($"error {code}:", shown, StringComparison.Ordinal));
    }
}

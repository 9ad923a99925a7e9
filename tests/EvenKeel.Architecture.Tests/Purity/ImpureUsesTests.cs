namespace EvenKeel.Architecture.Tests.Purity;

public sealed class ImpureUsesTests
{
    [Theory]
    [InlineData("EvenKeel.Routing")]
    [InlineData("EvenKeel.Control")]
    [InlineData("EvenKeel.Consistency")]
    public void Core_does_no_io_starts_nothing_and_reads_no_clock(string assembly) =>
        Finding.AssertNone(ImpureUses.In(Path.Combine(AppContext.BaseDirectory, assembly + ".dll")));

    [Fact]
    public void Every_core_project_is_checked() =>
        Assert.Equal(
            ["EvenKeel.Consistency", "EvenKeel.Control", "EvenKeel.Routing"],
            SourceTree.Repository()
                .Files(".csproj")
                .Where(file => file.StartsWith("src/core/", StringComparison.Ordinal))
                .Select(Path.GetFileNameWithoutExtension));

    [Theory]
    [InlineData("System.IO.File.ReadAllText", "File.ReadAllText(")]
    [InlineData("System.DateTime.get_UtcNow", "DateTime.UtcNow")]
    [InlineData("System.Random..ctor", "new Random()")]
    [InlineData("System.Random.get_Shared", "Random.Shared")]
    [InlineData("System.Threading.Tasks.Task", "Task Later(")]
    [InlineData("System.Environment.get_MachineName", "Environment.MachineName")]
    [InlineData("System.Environment.get_CurrentManagedThreadId", "Environment.CurrentManagedThreadId")]
    public void A_planted_use_is_found_in_the_assembly_with_its_line(string used, string text)
    {
        var source = Path.Combine(SourceTree.Repository().Root, "tests/EvenKeel.Architecture.Tests/Planted/ImpureDecision.cs");
        var line = Array.FindIndex(File.ReadAllLines(source), content => content.Contains(text, StringComparison.Ordinal)) + 1;

        var findings = ImpureUses.In(typeof(ImpureUsesTests).Assembly.Location);

        Assert.Contains(findings, finding => finding.What.Contains(used, StringComparison.Ordinal)
            && finding.File.EndsWith("ImpureDecision.cs", StringComparison.Ordinal) && finding.Line == line);
    }

    [Fact]
    public void An_iterator_is_no_finding_though_the_compiler_makes_it_compare_threads() =>
        Assert.DoesNotContain(ImpureUses.In(typeof(ImpureUsesTests).Assembly.Location),
            finding => finding.File.EndsWith(".GetEnumerator", StringComparison.Ordinal)
            || finding.File is ".ctor");

    [Fact]
    public void A_seeded_random_is_no_finding() =>
        Assert.DoesNotContain(
            ImpureUses.In(typeof(ImpureUsesTests).Assembly.Location),
            finding => finding.What.Contains("System.Random.Next", StringComparison.Ordinal));
}

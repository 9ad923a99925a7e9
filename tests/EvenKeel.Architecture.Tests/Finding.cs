namespace EvenKeel.Architecture.Tests;

/// <summary>A place that breaks a rule of the house, in the form that editors turn into a link.</summary>
internal sealed record Finding(string File, int Line, string What)
{
    public override string ToString() => $"{File}:{Line}: {What}";

    /// <summary>Fails the test with one line for each finding.</summary>
    public static void AssertNone(IEnumerable<Finding> findings)
    {
        var lines = findings.Select(finding => finding.ToString()).Order().ToList();
        Assert.True(lines.Count == 0, $"{lines.Count} violations:\n{string.Join('\n', lines)}");
    }
}

using EvenKeel.Configuration.Diagnostics;
using EvenKeel.Configuration.Interpolation;

namespace EvenKeel.Configuration.Tests.Interpolation;

public sealed class EnvironmentFileTests
{
    [Theory]
    [InlineData("A=b", "b")]
    [InlineData("A=", "")]
    [InlineData(" export A = b c ", "b c")]
    [InlineData("A=b # comment", "b")]
    [InlineData("A=b#c", "b#c")]
    [InlineData("A=# comment", "")]
    [InlineData("A='b # c'", "b # c")]
    [InlineData("A='b' # c", "b")]
    [InlineData("A='\\n'", "\\n")]
    [InlineData("A=\"b\\n\\\"c\\\" \\$ \\x\"", "b\n\"c\" $ \\x")]
    [InlineData("A=${B}", "${B}")]
    [InlineData("A=b=c", "b=c")]
    [InlineData("A=first\nA=second", "second")]
    [InlineData("# comment\r\n\r\nA=b\r\n", "b")]
    public void A_line_sets_a_variable(string text, string expected)
    {
        var diagnostics = new DiagnosticBag();

        Assert.Equal(expected, EnvironmentFile.Parse(new SourceText(".env", text), diagnostics)["A"]);
        Assert.Empty(diagnostics.ToList());
    }

    [Theory]
    [InlineData("A")]
    [InlineData("1A=b")]
    [InlineData("A-B=c")]
    [InlineData("A='b")]
    [InlineData("A=\"b")]
    [InlineData("A=\"b\" c")]
    [InlineData("=b")]
    public void Anything_else_is_reported_with_its_line(string line)
    {
        var diagnostics = new DiagnosticBag();

        EnvironmentFile.Parse(new SourceText(".env", "GOOD=1\n  " + line), diagnostics);

        var diagnostic = Assert.Single(diagnostics.ToList());
        Assert.Equal(DiagnosticCodes.BadEnvFile, diagnostic.Code);
        Assert.Equal(new SourceSpan(2, 3, line.Length), diagnostic.Span);
    }
}

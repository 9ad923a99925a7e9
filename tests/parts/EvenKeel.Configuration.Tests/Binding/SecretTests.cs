using EvenKeel.Configuration.Diagnostics;

namespace EvenKeel.Configuration.Tests.Binding;

public sealed class SecretTests
{
    private const string Secret = "hunter2-correct-horse";

    [Theory]
    [InlineData("gateway:\n  affinitySecret: %")]
    [InlineData("gateway:\n  affinitySecret: '% x'")]
    [InlineData("gateway:\n  affinitySecret: \"%")]
    [InlineData("gateway:\n  affinitySecret: [%]")]
    [InlineData("gateway:\n  affinitySecret: { a: % }")]
    [InlineData("gateway:\n  affinitySecret:\n    %")]
    [InlineData("gateway:\n  affinitySecret: |\n    %\n    more")]
    [InlineData("gateway:\n  affinitySecret: ${FROM_OUTSIDE}")]
    [InlineData("gateway: { affinitySecret: %, bogus: 1 }")]
    [InlineData("gateway: { \"affinitySecret\" : \"%\", bogus: 1 }")]
    [InlineData("gateway: { bogus: 1, affinitySecret: 0123456789-%-0123456789 }")]
    public void No_error_shows_the_secret_of_the_gateway(string section)
    {
        var text = "version: 1\nservices: { web: { addresses: [9] } }\n" + section.Replace("%", Secret, StringComparison.Ordinal);

        var result = ConfigurationLoader.LoadText(text, "evenkeel.yaml", new Dictionary<string, string> { ["FROM_OUTSIDE"] = Secret });

        Assert.Null(result.Cluster);
        var shown = DiagnosticRenderer.Render(result.Diagnostics);
        Assert.NotEmpty(shown);
        Assert.DoesNotContain("hunter2", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("correct", shown, StringComparison.Ordinal);
    }

    [Fact]
    public void The_rest_of_its_line_is_shown()
    {
        var result = ConfigurationLoader.LoadText(
            "version: 1\nservices: { web: { addresses: [9] } }\ngateway: { affinitySecret: abc, bogus: 1 }", "evenkeel.yaml", new Dictionary<string, string>());

        Assert.Contains("gateway: { affinitySecret: ***, bogus: 1 }", DiagnosticRenderer.Render(result.Diagnostics), StringComparison.Ordinal);
    }
}

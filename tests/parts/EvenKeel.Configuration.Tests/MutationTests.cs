using System.Text;
using EvenKeel.Configuration.Diagnostics;

namespace EvenKeel.Configuration.Tests;

/// <summary>Whatever a file contains, loading gives a configuration or diagnostics with a place inside the file, and never
/// throws.</summary>
public sealed class MutationTests
{
    private const string Pieces = "{}[]:,-?!&*#|>@`\"'%\\ \t\n\r\0$0aZ~<=/\u00e9\u001b\ufeff\ud800";

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Random_changes_of_a_valid_file_are_never_thrown_at(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 250; round++)
        {
            var text = Mutate(ExampleFile.Text, random);

            Check(text, ConfigurationLoader.LoadText(text, "evenkeel.yaml", ExampleFile.Environment));
        }
    }

    [Fact]
    public void Every_beginning_of_a_valid_file_is_never_thrown_at()
    {
        for (var length = 0; length < ExampleFile.Text.Length; length += 7)
        {
            var text = ExampleFile.Text[..length];

            Check(text, ConfigurationLoader.LoadText(text, "evenkeel.yaml", ExampleFile.Environment));
        }
    }

    [Theory]
    [InlineData("[", 200_000)]
    [InlineData("{a: ", 100_000)]
    [InlineData("- ", 100_000)]
    [InlineData("? ", 50_000)]
    [InlineData("a: ", 1_000)]
    public void Deep_nesting_ends_in_a_diagnostic(string piece, int times)
    {
        var text = string.Concat(Enumerable.Repeat(piece, times));

        Check(text, ConfigurationLoader.LoadText(text, "evenkeel.yaml", ExampleFile.Environment));
    }

    private static string Mutate(string text, Random random)
    {
        var result = new StringBuilder(text);
        for (var changes = random.Next(1, 6); changes > 0; changes--)
        {
            var at = random.Next(result.Length);
            switch (random.Next(4))
            {
                case 0:
                    result[at] = Pieces[random.Next(Pieces.Length)];
                    break;
                case 1:
                    result.Insert(at, Pieces[random.Next(Pieces.Length)]);
                    break;
                case 2:
                    result.Remove(at, Math.Min(random.Next(1, 20), result.Length - at));
                    break;
                default:
                    var from = random.Next(text.Length);
                    result.Insert(at, text.AsSpan(from, Math.Min(random.Next(1, 40), text.Length - from)));
                    break;
            }
        }

        return result.ToString();
    }

    private static void Check(string text, ConfigurationResult result)
    {
        Assert.NotEqual(result.Cluster is null, result.Diagnostics.Count == 0);
        var lines = new SourceText("evenkeel.yaml", text).LineCount;
        Assert.All(result.Diagnostics, d =>
            Assert.True(d.Span is not { } span || (span.Line >= 1 && span.Line <= lines && span.Column >= 1 && span.Length >= 1), $"{d}"));
        Assert.DoesNotMatch(@"System\.|YamlDotNet|Exception", DiagnosticRenderer.Render(result.Diagnostics));
    }
}

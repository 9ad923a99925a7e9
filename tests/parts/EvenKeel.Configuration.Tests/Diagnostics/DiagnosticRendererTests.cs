using EvenKeel.Configuration.Diagnostics;

namespace EvenKeel.Configuration.Tests.Diagnostics;

public sealed class DiagnosticRendererTests
{
    private static readonly Diagnostic Typo = new()
    {
        Code = DiagnosticCodes.UnknownKey,
        Message = "unknown key 'instancs'",
        File = "evenkeel.yaml",
        Span = new SourceSpan(4, 3, 8),
        SourceLine = "  instancs: 5",
        Label = "did you mean 'instances'?",
        Help = "evenkeel schema service",
    };

    [Fact]
    public void A_diagnostic_shows_code_place_line_mark_suggestion_and_help() => Assert.Equal(
        """
        error EK2003: unknown key 'instancs'
          --> evenkeel.yaml:4:3
           |
         4 |   instancs: 5
           |   ^^^^^^^^ did you mean 'instances'?
        help: evenkeel schema service

        """,
        DiagnosticRenderer.Render(Typo));

    [Fact]
    public void The_gutter_grows_with_the_line_number() => Assert.Equal(
        """
        error EK2003: unknown key 'instancs'
            --> evenkeel.yaml:120:3
             |
         120 |   instancs: 5
             |   ^^^^^^^^

        """,
        DiagnosticRenderer.Render(Typo with { Span = new SourceSpan(120, 3, 8), Label = null, Help = null }));

    [Fact]
    public void Without_a_place_the_file_is_named() => Assert.Equal(
        "error EK2003: unknown key 'instancs'\n  --> evenkeel.yaml\n",
        DiagnosticRenderer.Render(Typo with { Span = null, SourceLine = null, Help = null }));

    [Fact]
    public void Several_diagnostics_stand_apart_by_an_empty_line() =>
        Assert.Equal(DiagnosticRenderer.Render(Typo) + "\n" + DiagnosticRenderer.Render(Typo), DiagnosticRenderer.Render([Typo, Typo]));

    [Fact]
    public void A_file_cannot_steer_the_terminal_of_its_reader()
    {
        var text = DiagnosticRenderer.Render(Typo with
        {
            Message = "\u001b[31m\u0007", SourceLine = "\u001b]0;title\u0007\u009b", File = "a\u001b[2J.yaml", Label = "\r\n",
                Help = "\u007f",
        });

        Assert.DoesNotContain(text, c => char.IsControl(c) && c != '\n');
        Assert.Equal(6, text.Count(c => c == '\n'));
    }

    [Fact]
    public void A_mark_beyond_the_end_of_its_line_is_still_shown() =>
        Assert.Contains("|" + new string(' ', 40) + "^",
            DiagnosticRenderer.Render(Typo with { Span = new SourceSpan(4, 40, 8), Label = null }), StringComparison.Ordinal);

    [Fact]
    public void A_long_line_is_cut_around_the_mark()
    {
        var line = new string('a', 500) + "HERE" + new string('b', 500);

        var lines = DiagnosticRenderer.Render(Typo with { SourceLine = line, Span = new SourceSpan(4, 501, 4), Label = null }).Split('\n');

        Assert.Equal(lines[3].IndexOf("HERE", StringComparison.Ordinal), lines[4].IndexOf("^^^^", StringComparison.Ordinal));
        Assert.True(lines[3].Length < 180);
    }
}

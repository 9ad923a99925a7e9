using System.Security.Cryptography;
using System.Text;
using EvenKeel.Proof.Report.Html;
using EvenKeel.Proof.Report.Model;
using EvenKeel.Proof.Report.Sections;

namespace EvenKeel.Proof.Report;

/// <summary>
/// Writes <c>report.html</c>: one file that opens from disk, needs no network and no script, and forbids itself both by a content security policy.
/// Its size grows with the bins (at most 300 for runs up to 25 minutes) and the findings, not with the operations.
/// </summary>
public static class HtmlReport
{
    private static readonly Lazy<string> Style = new(ReadStyle);

    /// <summary>Writes the page.</summary>
    /// <param name="model">What it shows.</param>
    /// <param name="writer">Where to; UTF-8, as the page says.</param>
    public static void Write(ReportModel model, TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(writer);
        var markup = new Markup(writer);
        markup.Trusted("<!DOCTYPE html>\n").Open("html", ("lang", "en"));
        WriteHead(markup, model);
        markup.Open("body").Open("main");
        VerdictSection.Write(markup, model);
        ContentsSection.Write(markup, model);
        AdviceSection.Write(markup, model);
        ThresholdSection.Write(markup, "h2", "run-thresholds", model.Thresholds);
        for (var i = 0; i < model.Scenarios.Count; i++)
        {
            ScenarioSection.Write(new Page(markup, model.Scenarios[i], i + 1, model.Scenarios.Count), i + 1);
        }

        CoverageSection.Write(markup, model);
        AppendixSection.Write(markup, model);
        markup.Close();
        markup.Open("svg", ("width", "0"), ("height", "0"), ("aria-hidden", "true"), ("class", "patterns")).Open("defs")
            .Open("pattern", ("id", "hatch"), ("width", "6"), ("height", "6"), ("patternUnits", "userSpaceOnUse"), ("patternTransform", "rotate(45)"))
            .Empty("line", ("class", "hatch"), ("x1", "0"), ("x2", "0"), ("y1", "0"), ("y2", "6"))
            .Close().Close().Close();
        markup.Leaf("footer", "Written by EvenKeel.").Close().Close();
        writer.Write('\n');
    }

    private static void WriteHead(Markup markup, ReportModel model)
    {
        var style = Style.Value;
        var hash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(style)));
        markup.Open("head").Empty("meta", ("charset", "utf-8"));
        markup.Empty(
            "meta",
            ("http-equiv", "Content-Security-Policy"),
            ("content", $"default-src 'none'; style-src 'sha256-{hash}'; base-uri 'none'; form-action 'none'"));
        markup.Empty("meta", ("name", "viewport"), ("content", "width=device-width, initial-scale=1"));
        markup.Empty("meta", ("name", "color-scheme"), ("content", "light dark"));
        markup.Leaf("title", $"{Words.Of(model.Judgement.Verdict).Word}: {model.Title}");
        markup.Open("style").Trusted(style).Close().Close();
    }

    private static string ReadStyle()
    {
        using var stream = typeof(HtmlReport).Assembly.GetManifestResourceStream("EvenKeel.Proof.Report.report.css")
            ?? throw new InvalidOperationException("the style sheet of the report is not embedded: see EvenKeel.Proof.csproj");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}

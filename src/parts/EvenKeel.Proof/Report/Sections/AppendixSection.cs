using EvenKeel.Proof.Report.Html;
using EvenKeel.Proof.Report.Model;

namespace EvenKeel.Proof.Report.Sections;

/// <summary>How to read the page, the configuration, and the files beside it.</summary>
internal static class AppendixSection
{
    private const int MostConfiguration = 200_000;

    public static void Write(Markup markup, ReportModel model)
    {
        markup.Open("section").Leaf("h2", "Appendix", ("id", "appendix"));
        markup.Leaf("h3", "How to read it").Open("ul");
        markup.Leaf(
            "li",
            "An operation is ok, failed (it certainly had no effect) or unknown (it may have taken effect, or still may). Unknown is never counted as failed.");
        markup.Leaf(
            "li",
            "All times are seconds from the start of the scenario on one monotonic clock. An operation's interval is closed: two that touch are concurrent.");
        markup.Leaf("li", "A pass is evidence from one run under the faults listed, and not a mathematical proof.").Close();
        if (model.Files.Count > 0)
        {
            Table.Begin(markup, "Files beside this one", ["File", "What it holds", "#Bytes"]);
            foreach (var file in model.Files)
            {
                markup.Open("tr").Open("td").Leaf("code", file.Path).Close().Leaf("td", file.Meaning)
                    .Leaf("td", file.Bytes is { } bytes ? Words.Count(bytes) : "\u2013", ("class", "n")).Close();
            }

            Table.End(markup);
        }

        if (model.Configuration is { } configuration)
        {
            var cut = configuration.Length > MostConfiguration;
            markup.Open("details", ("class", "numbers")).Leaf("summary", cut ? "Configuration (its beginning)" : "Configuration");
            markup.Leaf("pre", cut ? configuration[..MostConfiguration] : configuration).Close();
        }

        markup.Close();
    }
}

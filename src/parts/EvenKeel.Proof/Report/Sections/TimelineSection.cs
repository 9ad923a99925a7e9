using EvenKeel.Proof.Report.Charts;
using EvenKeel.Proof.Report.Html;

namespace EvenKeel.Proof.Report.Sections;

/// <summary>What each instance did over time, drawn and as a table.</summary>
internal static class TimelineSection
{
    private const int MostSpans = 500;

    public static void Write(Page page, TimeAxis axis)
    {
        page.Markup.Open("section");
        page.Heading("timeline", "Timeline");
        TimelineChart.Draw(page, axis);
        var spans = page.Scenario.Instances
            .SelectMany(static one => one.Spans.Select(span => (IReadOnlyList<string>)
                [one.Instance, Words.Of(span.Condition).Word, Words.Moment(span.Start), Words.Moment(span.End), Words.Length(span.End - span.Start)]))
            .ToList();
        if (spans.Count > 0)
        {
            page.Markup.Open("details", ("class", "numbers")).Leaf("summary", "As a table");
            var cut = spans.Count > MostSpans ? $"; the first {MostSpans} of {spans.Count}" : "";
            Table.Write(page.Markup, "Conditions of the instances" + cut, ["Instance", "Condition", "#From", "#To", "#For"], spans.Take(MostSpans));
            page.Markup.Close();
        }

        page.Markup.Close();
    }
}

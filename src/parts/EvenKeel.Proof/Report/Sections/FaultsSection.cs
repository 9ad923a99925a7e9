using EvenKeel.Consistency.Histories;
using EvenKeel.Proof.Report.Html;
using EvenKeel.Proof.Report.Model;

namespace EvenKeel.Proof.Report.Sections;

/// <summary>Each fault: planned, confirmed, noticed, undone, and how long until its instance was ready again.</summary>
internal static class FaultsSection
{
    public static void Write(Page page)
    {
        var markup = page.Markup;
        markup.Open("section");
        page.Heading("faults", "Faults");
        if (page.Scenario.Faults.Count == 0)
        {
            markup.Leaf("p", "None was planned.").Close();
            return;
        }

        Table.Begin(
            markup,
            "Planned is the plan, confirmed is what was seen",
            ["Fault", "Target", "State", "#Planned", "#Confirmed", "#Noticed after", "#Undone", "#Ready again", "#Replaced in", "#In flight"]);
        foreach (var fault in page.Scenario.Faults)
        {
            WriteRow(page, fault);
        }

        Table.End(markup);
        markup.Close();
    }

    private static void WriteRow(Page page, FaultReport fault)
    {
        var markup = page.Markup;
        markup.Open("tr").Leaf("td", fault.Kind).Leaf("td", fault.Target).Open("td");
        page.Badge((fault.ConfirmedAt, fault.RecoveredAt ?? fault.RevertedAt) switch
        {
            (null, _) => ("?", "not confirmed", "open"),
            (_, null) => ("\u2715", "not undone", "bad"),
            _ => ("\u2714", "confirmed, over", "good"),
        });
        if (fault.Problem is { } problem)
        {
            markup.Text(" ").Text(problem);
        }

        markup.Close();
        foreach (var cell in (string[])
            [
                Words.Moment(fault.PlannedAt),
                Words.Moment(fault.ConfirmedAt),
                Between(fault.ConfirmedAt, fault.DetectedAt),
                Words.Moment(fault.RevertedAt),
                Words.Moment(fault.RecoveredAt),
                Between(fault.ConfirmedAt, fault.RecoveredAt),
                fault.ConfirmedAt is { } at ? Words.Count(InFlight(page.Scenario.History, at)) : "\u2013",
            ])
        {
            markup.Leaf("td", cell, ("class", "n"));
        }

        markup.Close();
    }

    private static string Between(TimeSpan? from, TimeSpan? to) => from is { } start && to is { } end ? Words.Length(end - start) : "\u2013";

    /// <summary>How many operations were under way in a moment.</summary>
    internal static int InFlight(History history, TimeSpan at) =>
        history.Operations.Count(operation => operation.Sent <= at && operation.End >= at);
}

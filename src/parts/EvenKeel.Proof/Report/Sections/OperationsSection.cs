using EvenKeel.Consistency.Histories;
using EvenKeel.Proof.Report.Html;

namespace EvenKeel.Proof.Report.Sections;

/// <summary>The operations that findings name, each with an anchor of its own.</summary>
internal static class OperationsSection
{
    /// <summary>The most operations that one scenario lists.</summary>
    public const int Most = 400;

    /// <summary>The indexes that <see cref="Write"/> lists, which others may link to.</summary>
    public static SortedSet<int> Choose(Page page) =>
        new(page.Scenario.Checks.SelectMany(static check => check.Findings).SelectMany(static finding => finding.Operations)
            .Where(index => page.Scenario.History.Find(index) is not null).Distinct().Take(Most));

    public static void Write(Page page, IReadOnlySet<int> shown)
    {
        var markup = page.Markup;
        markup.Open("section");
        page.Heading("operations", "Offending operations");
        if (shown.Count == 0)
        {
            markup.Leaf("p", "None: no finding names an operation.").Close();
            return;
        }

        Table.Begin(
            markup,
            shown.Count < Most
                ? "Every operation that a finding names; history.jsonl has all others"
                : $"The first {Most} operations that findings name; history.jsonl has all",
            ["#Op", "Session", "What", "Element", "Outcome", "Instance", "#Sent", "#End", "Phase", "Reply"]);
        foreach (var index in shown)
        {
            WriteRow(page, page.Scenario.History.Find(index)!);
        }

        Table.End(markup);
        markup.Close();
    }

    private static void WriteRow(Page page, Operation operation)
    {
        var markup = page.Markup;
        markup.Open("tr", ("id", page.Anchor($"op-{operation.Index}")));
        markup.Open("td", ("class", "n")).Leaf("a", $"{operation.Index}", ("href", "#" + page.Anchor($"op-{operation.Index}"))).Close();
        markup.Leaf("td", operation.Session);
        markup.Leaf("td", Words.Kind(operation.Kind) + (operation.Attempt > 0 ? $", attempt {operation.Attempt + 1}" : ""));
        markup.Leaf("td", (operation.Value, operation.ElementId) switch
        {
            ({ } value, { } id) => $"{value} (id {id})",
            ({ } value, null) => value,
            (null, { } id) => $"id {id}",
            _ => "",
        });
        markup.Open("td");
        page.Badge(Words.Of(operation.Outcome));
        markup.Close();
        markup.Leaf("td", (operation.Instance ?? "not told") + (operation.Direct ? ", asked directly" : ""));
        markup.Leaf("td", Words.Moment(operation.Sent), ("class", "n")).Leaf("td", Words.Moment(operation.End), ("class", "n"));
        markup.Leaf("td", operation.Phase switch
        {
            OperationPhase.Control => "control",
            OperationPhase.Faults => "faults",
            OperationPhase.Settle => "settle",
            OperationPhase.Final => "final",
            _ => "clean-up",
        });
        markup.Leaf("td", Reply(operation)).Close();
    }

    private static string Reply(Operation operation)
    {
        var parts = new List<string>();
        if (operation.Status > 0)
        {
            parts.Add($"HTTP {operation.Status}");
        }

        if (operation.Reason is { } reason)
        {
            parts.Add(reason);
        }

        if (operation.Elements is { } elements)
        {
            parts.Add(Words.Count(elements.Count, "element"));
        }

        return string.Join(", ", parts);
    }
}

using EvenKeel.Consistency.Histories;
using EvenKeel.Proof.Report.Html;

namespace EvenKeel.Proof.Report.Charts;

/// <summary>
/// The operations of one finding: one line per session, a bar from start to end, the instance that answered below it. Time runs from left to right in
/// order but not to scale, so that operations milliseconds and minutes apart are both readable; the moments are written out.
/// </summary>
internal static class SpaceTimeDiagram
{
    /// <summary>The most operations that one drawing shows.</summary>
    public const int MostOperations = 8;

    private const double Row = 52;
    private const double Top = 10;

    public static void Draw(Page page, string anchor, IReadOnlyList<Operation> operations, IReadOnlySet<int> shown)
    {
        var markup = page.Markup;
        var moments = operations.SelectMany(static o => new[] { o.Sent, o.End }).Distinct().Order().ToList();
        var sessions = operations.Select(static o => o.Session).Distinct().ToList();
        var step = (TimeAxis.Width - TimeAxis.Left - 60) / Math.Max(1, moments.Count - 1);
        double X(TimeSpan at) => TimeAxis.Left + 24 + (moments.IndexOf(at) * step);
        var bottom = Top + (sessions.Count * Row);

        Chart.Begin(markup, anchor, "The operations in time", string.Join("; ", operations.Select(Tell)), bottom + 24);
        foreach (var moment in moments)
        {
            var x = Markup.Number(X(moment));
            markup.Empty("line", ("class", "grid"), ("x1", x), ("x2", x), ("y1", "0"), ("y2", Markup.Number(bottom)));
        }

        for (var i = 0; i < moments.Count; i++)
        {
            markup.Leaf(
                "text",
                Words.Moment(moments[i]),
                ("class", "tick"),
                ("x", Markup.Number(X(moments[i]))),
                ("y", Markup.Number(bottom + (moments.Count > 12 && i % 2 == 1 ? 22 : 12))),
                ("text-anchor", "middle"));
        }

        for (var i = 0; i < sessions.Count; i++)
        {
            var y = Top + (i * Row) + 16;
            Chart.RowLabel(markup, sessions[i], y + 4);
            markup.Empty("line", ("class", "axis"), ("x1", Markup.Number(TimeAxis.Left)), ("x2", "988"), ("y1", Markup.Number(y)), ("y2", Markup.Number(y)));
        }

        foreach (var operation in operations)
        {
            DrawOperation(page, operation, X(operation.Sent), X(operation.End), Top + (sessions.IndexOf(operation.Session) * Row) + 16, shown);
        }

        Chart.End(markup, "In order, not to scale. One line per session; the bar runs from the request to its end.");
    }

    private static string Tell(Operation operation) =>
        $"{Words.Kind(operation.Kind)} {operation.Index} by {operation.Session} on {operation.Instance ?? "an unknown instance"}, {Words.Moment(operation.Sent)} to {Words.Moment(operation.End)}, {Words.Of(operation.Outcome).Word}";

    private static void DrawOperation(Page page, Operation operation, double from, double to, double y, IReadOnlySet<int> shown)
    {
        var markup = page.Markup;
        var look = Words.Of(operation.Outcome);
        var linked = shown.Contains(operation.Index);
        if (linked)
        {
            markup.Open("a", ("href", "#" + page.Anchor($"op-{operation.Index}")));
        }

        markup.Open(
            "rect",
            ("class", "op " + look.Class),
            ("x", Markup.Number(from)),
            ("y", Markup.Number(y - 8)),
            ("width", Markup.Number(Math.Max(4, to - from))),
            ("height", "16"),
            ("rx", "3"))
            .Leaf("title", Tell(operation)).Close();
        if (linked)
        {
            markup.Close();
        }

        var instance = operation.Instance is { } name ? " \u2192 " + Chart.Shorten(name, 10) : "";
        markup.Leaf(
            "text",
            $"{look.Glyph} {Words.Kind(operation.Kind)} {operation.Index}{instance}",
            ("class", "tick strong"),
            ("x", Markup.Number(from)),
            ("y", Markup.Number(y + 21)));
    }
}

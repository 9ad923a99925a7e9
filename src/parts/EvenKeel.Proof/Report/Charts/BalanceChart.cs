using EvenKeel.Consistency.Checks;
using EvenKeel.Proof.Report.Html;

namespace EvenKeel.Proof.Report.Charts;

/// <summary>Each instance's share as a bar, with a line at an equal share.</summary>
internal static class BalanceChart
{
    private const double Row = 26;
    private const double Full = 640;

    public static void Draw(Page page, BalanceResult balance)
    {
        var markup = page.Markup;
        var largest = Math.Max(0.01, balance.Shares.Max(static share => share.Share));
        var height = (balance.Shares.Count * Row) + 6;
        var description = string.Join(", ", balance.Shares.Select(static share => $"{share.Instance} {Words.Percent(share.Share)}"));
        Chart.Begin(markup, page.Anchor("balance-chart"), "Share of each instance", description, height);
        for (var i = 0; i < balance.Shares.Count; i++)
        {
            var share = balance.Shares[i];
            var y = (i * Row) + 4;
            var width = Full * share.Share / largest;
            Chart.RowLabel(markup, share.Instance, y + 14);
            markup.Empty(
                "rect",
                ("class", "share"),
                ("x", Markup.Number(TimeAxis.Left)),
                ("y", Markup.Number(y)),
                ("width", Markup.Number(width)),
                ("height", "18"));
            markup.Leaf(
                "text",
                $"{Words.Percent(share.Share)}  ({Words.Count(share.Requests)})",
                ("class", "label"),
                ("x", Markup.Number(TimeAxis.Left + Math.Max(width, Full / largest / balance.Shares.Count) + 10)),
                ("y", Markup.Number(y + 14)));
        }

        var equal = Markup.Number(TimeAxis.Left + (Full / largest / balance.Shares.Count));
        markup.Empty("line", ("class", "equal"), ("x1", equal), ("x2", equal), ("y1", "0"), ("y2", Markup.Number(height)));
        Chart.End(markup, "Requests of the control phase that each instance answered; the dashed line is an equal share.");
    }
}

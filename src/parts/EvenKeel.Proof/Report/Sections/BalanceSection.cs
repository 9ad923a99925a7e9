using EvenKeel.Consistency.Checks;
using EvenKeel.Proof.Report.Charts;
using EvenKeel.Proof.Report.Html;

namespace EvenKeel.Proof.Report.Sections;

/// <summary>How the load was spread without faults.</summary>
internal static class BalanceSection
{
    public static void Write(Page page)
    {
        var markup = page.Markup;
        markup.Open("section");
        page.Heading("balance", "Balance");
        if (page.Scenario.Checks.OfType<BalanceResult>().FirstOrDefault() is not { Examined: > 0, Shares.Count: > 0 } balance)
        {
            markup.Leaf("p", "Not measured: no reply of the control phase named its instance.").Close();
            return;
        }

        markup.Leaf("p", balance.Summary);
        BalanceChart.Draw(page, balance);
        markup.Close();
    }
}

using EvenKeel.Proof.Report.Model;

namespace EvenKeel.Proof.Report;

/// <summary>Writes <c>report.html</c>: one file that needs no network and no script.</summary>
public static class HtmlReport
{
    /// <summary>Writes the page.</summary>
    public static void Write(ReportModel model, TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(writer);
    }
}

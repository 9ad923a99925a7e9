using EvenKeel.Proof.Report.Model;

namespace EvenKeel.Proof.Report.Html;

/// <summary>What the sections of one scenario need to write themselves and to link to each other.</summary>
internal sealed class Page(Markup markup, ScenarioReport scenario, int number, int scenarios)
{
    /// <summary>Where to write.</summary>
    public Markup Markup { get; } = markup;

    /// <summary>The scenario.</summary>
    public ScenarioReport Scenario { get; } = scenario;

    /// <summary>True when the page holds more than one scenario.</summary>
    public bool IsOneOfSeveral { get; } = scenarios > 1;

    /// <summary>An anchor that is unique on the page: plain in the first scenario, with a prefix in the others.</summary>
    public string Anchor(string name) => number == 1 ? name : $"s{number}-{name}";

    /// <summary>Links to an operation, or names it when the page does not show it.</summary>
    public void Link(int operation, IReadOnlySet<int> shown)
    {
        if (shown.Contains(operation))
        {
            Markup.Leaf("a", $"op {operation}", ("href", "#" + Anchor($"op-{operation}")));
        }
        else
        {
            Markup.Text($"op {operation}");
        }
    }

    /// <summary>Writes a heading with its anchor.</summary>
    public void Heading(string anchor, string text) =>
        Markup.Leaf(IsOneOfSeveral ? "h3" : "h2", text, ("id", Anchor(anchor)));

    /// <summary>Writes a word with its glyph, coloured.</summary>
    public void Badge((string Glyph, string Word, string Class) look) =>
        Markup.Leaf("span", $"{look.Glyph}\u00A0{look.Word}", ("class", "badge " + look.Class));
}

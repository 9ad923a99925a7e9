using EvenKeel.Proof.Report.Html;

namespace EvenKeel.Proof.Report.Charts;

/// <summary>The frame of every chart: a figure with a drawing, its text alternative and a caption.</summary>
internal static class Chart
{
    /// <summary>Opens the figure and the drawing.</summary>
    public static void Begin(Markup markup, string anchor, string title, string description, double height, double width = TimeAxis.Width)
    {
        markup.Open("figure").Open(
            "svg",
            ("xmlns", "http://www.w3.org/2000/svg"),
            ("viewBox", $"0 0 {Markup.Number(width)} {Markup.Number(height)}"),
            ("role", "img"),
            ("aria-labelledby", $"{anchor}-title {anchor}-desc"));
        markup.Leaf("title", title, ("id", $"{anchor}-title")).Leaf("desc", description, ("id", $"{anchor}-desc"));
    }

    /// <summary>Closes both, with a caption.</summary>
    public static void End(Markup markup, string caption) => markup.Close().Leaf("figcaption", caption).Close();

    /// <summary>Writes a label that ends at the left of the axis.</summary>
    public static void RowLabel(Markup markup, string text, double y) =>
        markup.Leaf("text", Shorten(text, 14), ("class", "label"), ("x", Markup.Number(TimeAxis.Left - 8)), ("y", Markup.Number(y)), ("text-anchor", "end"));

    /// <summary>Cuts the middle out of what is too long.</summary>
    public static string Shorten(string text, int length) =>
        text.Length <= length ? text : $"{text[..(length / 2)]}\u2026{text[^((length - 1) / 2)..]}";

    /// <summary>Writes a row of glyphs and words below a chart.</summary>
    public static void Legend(Markup markup, params ReadOnlySpan<(string Glyph, string Word, string Class)> entries)
    {
        markup.Open("p", ("class", "legend"));
        foreach (var (glyph, word, style) in entries)
        {
            markup.Leaf("span", $"{glyph}\u00A0{word}", ("class", "badge " + style)).Text(" ");
        }

        markup.Close();
    }
}

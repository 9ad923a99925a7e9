using System.Globalization;
using EvenKeel.Proof.Report.Html;
using EvenKeel.Proof.Report.Model;

namespace EvenKeel.Proof.Report.Sections;

/// <summary>The verdict in one word and one sentence, and what was run where.</summary>
internal static class VerdictSection
{
    public static void Write(Markup markup, ReportModel model)
    {
        var (glyph, word, style) = Words.Of(model.Judgement.Verdict);
        markup.Open("header", ("class", "verdict " + style), ("id", "verdict"));
        markup.Leaf("p", model.Title, ("class", "eyebrow"));
        markup.Open("h1").Leaf("span", glyph, ("aria-hidden", "true"), ("class", "glyph")).Text(" ").Text(word).Close();
        markup.Leaf("p", model.Judgement.Reason, ("class", "reason"));
        if (model.Incomplete is { } incomplete)
        {
            markup.Leaf("p", $"? INCOMPLETE: {incomplete}", ("class", "incomplete"));
        }

        markup.Close();
        WriteFacts(markup, model);
    }

    private static void WriteFacts(Markup markup, ReportModel model)
    {
        var operations = model.Scenarios.Sum(static scenario => scenario.History.Operations.Length);
        var faults = model.Scenarios.SelectMany(static scenario => scenario.Faults).ToList();
        List<Fact> facts =
        [
            new("Operations", Words.Count(operations)),
            new("Faults confirmed", $"{faults.Count(static fault => fault.ConfirmedAt is not null)} of {faults.Count}"),
            new("Seed", model.Seed.ToString(CultureInfo.InvariantCulture)),
            new("Started", model.StartedAt.ToString("yyyy-MM-dd HH:mm:ss 'UTC'zzz", CultureInfo.InvariantCulture)
                .Replace("UTC+00:00", "UTC", StringComparison.Ordinal)),
            new("Duration", Words.Length(model.Duration)),
            .. model.TimeScale == 1 ? (Fact[])[] : [new("Time scale", Markup.Number(model.TimeScale) + " times real time")],
            .. model.Environment,
        ];
        markup.Open("dl", ("class", "facts"));
        foreach (var fact in facts)
        {
            markup.Open("div").Leaf("dt", fact.Name).Leaf("dd", fact.Value).Close();
        }

        markup.Close();
        markup.Open("p", ("class", "command")).Text("Run with ").Leaf("code", model.Command).Close();
        if (model.Replay is { } replay)
        {
            markup.Open("p", ("class", "command")).Text("Repeat with ").Leaf("code", replay).Close();
        }

        foreach (var note in model.Notes)
        {
            markup.Leaf("p", note, ("class", "note"));
        }
    }
}

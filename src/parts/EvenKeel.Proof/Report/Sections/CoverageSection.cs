using EvenKeel.Consistency.Checks;
using EvenKeel.Proof.Report.Html;
using EvenKeel.Proof.Report.Model;

namespace EvenKeel.Proof.Report.Sections;

/// <summary>What this run did not exercise: what its author states, and what the report can see for itself.</summary>
internal static class CoverageSection
{
    public static void Write(Markup markup, ReportModel model)
    {
        markup.Open("section").Leaf("h2", "Coverage: what was not exercised", ("id", "coverage"));
        var sentences = model.NotExercised.Concat(model.Scenarios.SelectMany(scenario => See(scenario, model.Scenarios.Count > 1))).Distinct().ToList();
        if (sentences.Count == 0)
        {
            markup.Leaf("p", "Nothing is known that this run left out of its plan. What is outside of the plan was not tried.").Close();
            return;
        }

        markup.Open("ul");
        foreach (var sentence in sentences)
        {
            markup.Leaf("li", sentence);
        }

        markup.Close().Close();
    }

    private static IEnumerable<string> See(ScenarioReport scenario, bool named)
    {
        var prefix = named ? $"{scenario.Name}: " : "";
        if (scenario.History.Operations.IsEmpty)
        {
            yield return prefix + "no operation was sent.";
        }

        foreach (var check in scenario.Checks.Where(static check => check.Status is CheckStatus.Skipped or CheckStatus.Inconclusive))
        {
            yield return $"{prefix}\u201C{Words.Title(check.Name)}\u201D was not judged: {check.Summary}";
        }

        foreach (var fault in scenario.Faults.Where(static fault => fault.ConfirmedAt is null))
        {
            yield return $"{prefix}{fault.Kind} {fault.Target} was planned at {Words.Moment(fault.PlannedAt)} and not confirmed{(fault.Problem is { } problem ? $": {problem}" : "")}.";
        }

        foreach (var fault in scenario.Faults)
        {
            if (fault.ConfirmedAt is { } at && FaultsSection.InFlight(scenario.History, at) == 0)
            {
                yield return $"{prefix}no operation was under way when {fault.Kind} {fault.Target} took effect.";
            }
        }

        if (scenario.Faults.Count == 0)
        {
            yield return prefix + "no fault was planned.";
        }

        var silent = scenario.Instances.Select(static one => one.Instance)
            .Except(scenario.History.Operations.Where(static o => !o.Direct).Select(static o => o.Instance).OfType<string>());
        foreach (var instance in silent)
        {
            yield return $"{prefix}no reply named {instance}, so it may have served nothing.";
        }
    }
}

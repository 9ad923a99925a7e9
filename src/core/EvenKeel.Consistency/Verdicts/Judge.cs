using EvenKeel.Consistency.Checks;

namespace EvenKeel.Consistency.Verdicts;

/// <summary>Combines evidence into one verdict: a violation outweighs what could not be found out, which outweighs a pass.</summary>
public static class Judge
{
    /// <summary>The verdict of one run.</summary>
    public static Judgement Decide(Evidence evidence)
    {
        ArgumentNullException.ThrowIfNull(evidence);

        // A violated service check without a sound control phase blames nobody; violated data needs no control to be wrong.
        var violated = evidence.Checks
            .Where(check => check.Status == CheckStatus.Violated && (check.Subject == CheckSubject.Data || evidence.ControlFailure is null))
            .ToList();
        if (violated.Count > 0)
        {
            return new(Verdict.Violation, violated[0].Summary + violated.Count switch
            {
                1 => "",
                2 => " One more check is violated.",
                var count => $" {count - 1} more checks are violated.",
            });
        }

        return WhyInconclusive(evidence) is { } reason
            ? new(Verdict.Inconclusive, reason)
            : new(Verdict.Pass, Passed(evidence));
    }

    /// <summary>The verdict over several runs: the worst of theirs, and inconclusive when there are none.</summary>
    public static Judgement Combine(IReadOnlyList<Judgement> judgements)
    {
        ArgumentNullException.ThrowIfNull(judgements);
        if (judgements.Count == 0)
        {
            return new(Verdict.Inconclusive, "Nothing was run.");
        }

        return judgements.FirstOrDefault(static judgement => judgement.Verdict == Verdict.Violation)
            ?? judgements.FirstOrDefault(static judgement => judgement.Verdict == Verdict.Inconclusive)
            ?? judgements[0];
    }

    private static string? WhyInconclusive(Evidence evidence)
    {
        if (evidence.Interruption is { } interruption)
        {
            return $"The run did not reach its end because {interruption}.";
        }

        if (evidence.ControlFailure is { } failure)
        {
            return $"The load went wrong before any fault, because {failure}; what happened under faults cannot be blamed on them.";
        }

        if (evidence.Operations == 0)
        {
            return "No operation was sent, so nothing was checked.";
        }

        if (evidence.FaultsConfirmed < evidence.FaultsPlanned)
        {
            return $"{evidence.FaultsPlanned - evidence.FaultsConfirmed} of {evidence.FaultsPlanned} planned faults could not be confirmed to have taken effect.";
        }

        if (evidence.Checks.FirstOrDefault(static check => check.Status == CheckStatus.Inconclusive) is { } open)
        {
            return open.Summary;
        }

        return evidence.Checks.Any(check => check.Examined > 0 && (check.Status == CheckStatus.Passed || evidence.MeasureOnly))
            ? null
            : "No check was switched on that could have failed, so nothing was checked.";
    }

    private static string Passed(Evidence evidence)
    {
        var checks = evidence.Checks.Count(static check => check.Status == CheckStatus.Passed);
        var under = evidence.FaultsConfirmed switch
        {
            0 => "without any fault",
            1 => "under 1 confirmed fault",
            var faults => $"under {faults} confirmed faults",
        };
        if (checks == 0)
        {
            return $"Measured, with nothing to judge, in {evidence.Operations} operations {under}.";
        }

        return $"{checks} check{(checks == 1 ? "" : "s")} found nothing wrong in {evidence.Operations} operations {under}.";
    }
}

using System.Globalization;
using EvenKeel.Consistency.Histories;

namespace EvenKeel.Consistency.Checks;

/// <summary>
/// Puts the word of an audit in the place of a check: exit code 0 is passed, 10 is violated, everything else is inconclusive. An audit of a load of
/// which nothing succeeded has looked at nothing, whatever it says.
/// </summary>
internal static class AuditCheck
{
    /// <summary>The exit code of an audit that found nothing wrong.</summary>
    public const int Passed = 0;

    /// <summary>The exit code of an audit that found something wrong: that of a proof.</summary>
    public const int Violated = 10;

    public static CheckResult Check(History history, AuditStatement audit, CheckSettings settings)
    {
        var examined = history.Operations.Count(static operation => operation is { Kind: OperationKind.Request, Outcome: OperationOutcome.Ok });
        var status = Judge(audit, examined);
        var said = audit.Lines.LastOrDefault(static line => !string.IsNullOrWhiteSpace(line))?.Trim();
        var findings = new FindingList(settings.MaxFindings);
        if (status == CheckStatus.Violated)
        {
            foreach (var line in Findings(audit, said))
            {
                findings.Add(() => new Finding { Sentence = line });
            }
        }

        return new CheckResult
        {
            Name = CheckNames.Audit,
            Subject = CheckSubject.Data,
            Status = status,
            Summary = Summary(audit, status, examined, said),
            Advice = status == CheckStatus.Violated ? "What the audit wrote is in the folder of the run, beside the ledger that it was given." : null,
            Examined = examined,
            Findings = findings.Listed,
            FindingCount = findings.Count,
        };
    }

    private static CheckStatus Judge(AuditStatement audit, int examined) => audit switch
    {
        { Failure: not null } => CheckStatus.Inconclusive,
        { ExitCode: Violated } => CheckStatus.Violated,
        { ExitCode: Passed } when examined > 0 => CheckStatus.Passed,
        _ => CheckStatus.Inconclusive,
    };

    // Without an indented line its last word is all that there is to show.
    private static IEnumerable<string> Findings(AuditStatement audit, string? said)
    {
        var indented = audit.Lines.Where(static line => line.Length > 0 && char.IsWhiteSpace(line[0]) && !string.IsNullOrWhiteSpace(line)).ToList();
        return indented.Count > 0 ? indented.Select(static line => line.Trim()) : [said ?? "It gave no reason."];
    }

    private static string Summary(AuditStatement audit, CheckStatus status, int examined, string? said) => (status, audit) switch
    {
        (_, { Failure: { } failure }) => $"The audit said nothing, because {failure}.",
        (CheckStatus.Inconclusive, { ExitCode: Passed }) => "The audit found nothing wrong in a load of which no request succeeded.",
        (CheckStatus.Inconclusive, _) => string.Create(
            CultureInfo.InvariantCulture, $"The audit ended with exit code {audit.ExitCode}, which is neither 0 nor 10: {said ?? "it wrote nothing"}"),
        (CheckStatus.Violated, _) => $"The audit found a violation: {said ?? "it wrote nothing"}",
        _ => $"The audit found nothing wrong after {Telling.Count(examined, "request")}: {said ?? "it wrote nothing"}",
    };
}

using EvenKeel.Consistency.Checks;
using EvenKeel.Consistency.Histories;
using EvenKeel.Consistency.Tests.Histories;

namespace EvenKeel.Consistency.Tests.Checks;

public sealed class AuditTests
{
    [Theory]
    [InlineData(0, CheckStatus.Passed, "The audit found nothing wrong after 2 requests: PASS: all agree")]
    [InlineData(10, CheckStatus.Violated, "The audit found a violation: PASS: all agree")]
    [InlineData(11, CheckStatus.Inconclusive, "The audit ended with exit code 11, which is neither 0 nor 10: PASS: all agree")]
    [InlineData(137, CheckStatus.Inconclusive, "The audit ended with exit code 137, which is neither 0 nor 10: PASS: all agree")]
    public void The_exit_code_decides_and_the_last_line_says_why(int exitCode, CheckStatus status, string summary)
    {
        var result = Judge(new AuditStatement(exitCode, ["counted 2 events", "PASS: all agree", ""], null), requests: 2);

        Assert.Equal((status, CheckSubject.Data, 2, summary), (result.Status, result.Subject, result.Examined, result.Summary));
    }

    [Fact]
    public void The_indented_lines_of_a_violation_are_its_findings()
    {
        string[] lines = ["mismatches: 22", .. Enumerable.Range(1, 22).Select(number => $"  window {number} lacks an event"), "VIOLATION: 22 mismatches"];

        var result = Judge(new AuditStatement(10, lines, null), requests: 1);

        Assert.Equal((22, 20), (result.FindingCount, result.Findings.Count));
        Assert.Equal("window 1 lacks an event", result.Findings[0].Sentence);
        Assert.NotNull(result.Advice);
    }

    [Fact]
    public void A_violation_without_an_indented_line_is_one_finding()
    {
        Assert.Equal("two are lost", Assert.Single(Judge(new AuditStatement(10, ["two are lost"], null), requests: 1).Findings).Sentence);
        Assert.Equal("It gave no reason.", Assert.Single(Judge(new AuditStatement(10, [], null), requests: 1).Findings).Sentence);
    }

    [Fact]
    public void An_audit_that_did_not_end_or_of_a_load_without_success_decides_nothing()
    {
        var late = Judge(new AuditStatement(null, ["PASS: so far"], "it did not end within 2 s"), requests: 1);
        var idle = Judge(new AuditStatement(0, ["PASS: 0 of 0"], null), requests: 0);

        Assert.Equal((CheckStatus.Inconclusive, "The audit said nothing, because it did not end within 2 s."), (late.Status, late.Summary));
        Assert.Equal((CheckStatus.Inconclusive, "The audit found nothing wrong in a load of which no request succeeded."), (idle.Status, idle.Summary));
    }

    [Fact]
    public void Without_an_audit_it_is_switched_off() =>
        Assert.Equal("Switched off.", new HistoryScript().Check(CheckNames.Audit, new CheckSettings()).Summary);

    private static CheckResult Judge(AuditStatement audit, int requests)
    {
        var script = new HistoryScript();
        for (var index = 1; index <= requests; index++)
        {
            script = script.Put(Request(index, OperationOutcome.Ok));
        }

        return script.Put(Request(requests + 1, OperationOutcome.Unknown)).Check(CheckNames.Audit, new CheckSettings { Audit = audit });
    }

    private static Operation Request(int index, OperationOutcome outcome) => new()
    {
        Index = index,
        Session = "load",
        Kind = OperationKind.Request,
        Intended = HistoryScript.Ms(index),
        Sent = HistoryScript.Ms(index),
        End = HistoryScript.Ms(index + 1),
        Outcome = outcome,
    };
}

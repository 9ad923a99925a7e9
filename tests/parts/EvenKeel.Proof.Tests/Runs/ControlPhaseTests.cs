using EvenKeel.Consistency.Histories;
using EvenKeel.Proof.Runs;
using EvenKeel.Proof.Workload;

namespace EvenKeel.Proof.Tests.Runs;

public sealed class ControlPhaseTests
{
    [Fact]
    public void A_load_that_went_well_is_sound()
    {
        Assert.Null(ControlPhase.WhyUnsound([Operation(OperationKind.Add), Operation(OperationKind.Probe)], new WorkloadProblems(), hasWorkload: true));
    }

    [Fact]
    public void Probes_alone_are_no_load_when_there_is_a_workload()
    {
        Assert.Contains(
            "sent no operation",
            ControlPhase.WhyUnsound([Operation(OperationKind.Probe)], new WorkloadProblems(), hasWorkload: true),
            StringComparison.Ordinal);
        Assert.Null(ControlPhase.WhyUnsound([Operation(OperationKind.Probe)], new WorkloadProblems(), hasWorkload: false));
    }

    [Fact]
    public void What_went_wrong_is_counted_by_kind_and_reason()
    {
        var failed = Operation(OperationKind.List) with { Outcome = OperationOutcome.Failed, Reason = "http500" };

        var why = ControlPhase.WhyUnsound([Operation(OperationKind.Add), failed, failed], new WorkloadProblems(), hasWorkload: true);

        Assert.Equal("2 of 3 requests went wrong (2 x list http500)", why);
    }

    [Fact]
    public void A_request_of_a_load_that_went_well_when_it_was_sent_again_was_lost_on_the_way()
    {
        var lost = Operation(OperationKind.Request) with { Outcome = OperationOutcome.Unknown, Reason = "http504" };
        var again = Operation(OperationKind.Request) with { Attempt = 1 };

        Assert.Null(ControlPhase.WhyUnsound([lost, again], new WorkloadProblems(), hasWorkload: true));
        Assert.Equal(
            "1 of 2 requests went wrong (1 x request http504)",
            ControlPhase.WhyUnsound([lost, again with { Session = "s2" }], new WorkloadProblems(), hasWorkload: true));
    }

    [Fact]
    public void A_reply_that_could_not_be_understood_outweighs_all_else()
    {
        var problems = new WorkloadProblems();
        problems.Note(new WorkloadReply(Operation(OperationKind.List), null, "GET /albums: the body is not JSON"));

        Assert.Equal(
            "GET /albums: the body is not JSON (1 such reply; correct prove.workload in the file)",
            ControlPhase.WhyUnsound([Operation(OperationKind.Add)], problems, hasWorkload: true));
    }

    private static Operation Operation(OperationKind kind) => new()
    {
        Index = 0, Session = "s1", Kind = kind, Phase = OperationPhase.Control, Intended = default, Sent = default, End = default,
        Outcome = OperationOutcome.Ok,
    };
}

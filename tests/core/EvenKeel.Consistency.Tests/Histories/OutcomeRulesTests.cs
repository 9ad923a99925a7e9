using EvenKeel.Consistency.Histories;

namespace EvenKeel.Consistency.Tests.Histories;

public sealed class OutcomeRulesTests
{
    [Theory]
    [InlineData(200, "Ok", null)]
    [InlineData(201, "Ok", null)]
    [InlineData(302, "Failed", "http302")]
    [InlineData(400, "Failed", "http400")]
    [InlineData(404, "Failed", "http404")]
    [InlineData(409, "Failed", "http409")]
    [InlineData(429, "Failed", "http429")]
    [InlineData(408, "Unknown", "http408")]
    [InlineData(500, "Unknown", "http500")]
    [InlineData(502, "Unknown", "http502")]
    [InlineData(503, "Unknown", "http503")]
    [InlineData(504, "Unknown", "http504")]
    public void The_status_of_an_add_says_whether_it_took_effect(int status, string outcome, string? reason) =>
        Assert.Equal((Enum.Parse<OperationOutcome>(outcome), reason), OutcomeRules.Judge(OperationKind.Add, new Reply { Status = status }));

    [Theory]
    [InlineData(TransportFailure.NotConnected, "Failed", "refused")]
    [InlineData(TransportFailure.Broken, "Unknown", "reset")]
    [InlineData(TransportFailure.TimedOut, "Unknown", "timeout")]
    public void Only_a_request_that_was_never_sent_has_certainly_failed(TransportFailure failure, string outcome, string reason) =>
        Assert.Equal((Enum.Parse<OperationOutcome>(outcome), reason), OutcomeRules.Judge(OperationKind.Add, new Reply { Failure = failure }));

    [Theory]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    public void A_gateway_that_never_forwarded_an_add_makes_it_failed(int status) =>
        Assert.Equal(OperationOutcome.Failed, OutcomeRules.Judge(OperationKind.Add, new Reply { Status = status, NeverForwarded = true }).Outcome);

    [Fact]
    public void A_good_status_with_a_reply_that_cannot_be_read_is_unknown_for_an_add_and_failed_for_a_read()
    {
        var reply = new Reply { Status = 201, Unreadable = true };

        Assert.Equal((OperationOutcome.Unknown, "unreadable"), OutcomeRules.Judge(OperationKind.Add, reply));
        Assert.Equal((OperationOutcome.Failed, "unreadable"), OutcomeRules.Judge(OperationKind.List, reply));
    }

    [Fact]
    public void A_read_is_never_unknown_and_a_get_answered_404_saw_the_element_absent()
    {
        Assert.Equal((OperationOutcome.Failed, "timeout"), OutcomeRules.Judge(OperationKind.List, new Reply { Failure = TransportFailure.TimedOut }));
        Assert.Equal((OperationOutcome.Failed, "http500"), OutcomeRules.Judge(OperationKind.Probe, new Reply { Status = 500 }));
        Assert.Equal((OperationOutcome.Failed, "http404"), OutcomeRules.Judge(OperationKind.List, new Reply { Status = 404 }));
        Assert.Equal((OperationOutcome.Ok, (string?)null), OutcomeRules.Judge(OperationKind.Get, new Reply { Status = 404 }));
        Assert.Equal(OperationOutcome.Failed, OutcomeRules.Judge(OperationKind.Get, new Reply { Status = 404, NeverForwarded = true }).Outcome);
    }
}

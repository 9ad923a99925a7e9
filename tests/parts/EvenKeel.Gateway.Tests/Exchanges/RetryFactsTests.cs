using EvenKeel.Gateway.Exchanges;

namespace EvenKeel.Gateway.Tests.Exchanges;

public sealed class RetryFactsTests
{
    [Theory]
    [InlineData(true, false, true, false, 1, "OtherEndpoint")]
    [InlineData(false, true, true, false, 1, "OtherEndpoint")]
    [InlineData(true, true, true, false, 0, "GiveUp")]
    [InlineData(false, false, true, false, 1, "GiveUp")]
    [InlineData(true, true, false, false, 1, "GiveUp")]
    [InlineData(true, false, true, true, 0, "FreshConnection")]
    [InlineData(false, true, true, true, 0, "FreshConnection")]
    [InlineData(false, false, true, true, 1, "GiveUp")]
    [InlineData(true, false, false, true, 1, "GiveUp")]
    public void A_request_is_repeated_only_when_that_cannot_do_harm(
        bool idempotent, bool nothingAccepted, bool replayable, bool reused, int retriesLeft, string expected)
        => Assert.Equal(expected, new RetryFacts(idempotent, nothingAccepted, replayable, reused, retriesLeft).Decide().ToString());
}

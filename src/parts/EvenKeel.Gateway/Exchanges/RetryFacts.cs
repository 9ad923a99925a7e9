namespace EvenKeel.Gateway.Exchanges;

/// <summary>What is known when an endpoint failed before the first byte of its response.</summary>
/// <param name="Idempotent">Doing the request twice means the same as doing it once.</param>
/// <param name="NothingAccepted">The kernel took no byte of the request: the endpoint cannot have seen it.</param>
/// <param name="Replayable">All that was sent is still here.</param>
/// <param name="Reused">The connection came from the pool.</param>
/// <param name="RetriesLeft">Further endpoints that may be tried.</param>
internal readonly record struct RetryFacts(bool Idempotent, bool NothingAccepted, bool Replayable, bool Reused, int RetriesLeft)
{
    /// <summary>
    /// A request is sent again only when the endpoint cannot have acted on it, or when acting twice is harmless. A POST of which the kernel
    /// took a single byte is never sent again.
    /// </summary>
    public RetryDecision Decide()
    {
        if (!Replayable || !(NothingAccepted || Idempotent))
        {
            return RetryDecision.GiveUp;
        }

        if (Reused)
        {
            return RetryDecision.FreshConnection;
        }

        return RetriesLeft > 0 ? RetryDecision.OtherEndpoint : RetryDecision.GiveUp;
    }
}

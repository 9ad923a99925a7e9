namespace EvenKeel.Proof.Load;

/// <summary>What a load has measured. Requests that the driver itself gave up when it was stopped are in none of the counts.</summary>
/// <param name="Sent">Requests with an outcome.</param>
/// <param name="Succeeded">Of them, those whose reply was as expected: without an expectation, a complete one with 2xx or 3xx.</param>
/// <param name="Failed">Of them, all others.</param>
/// <param name="Bytes">Bytes of reply bodies.</param>
/// <param name="Response">From the intended start to the end: what a user waits who does not know of the driver's queue.</param>
/// <param name="Service">From the actual send to the end.</param>
/// <param name="Lag">The driver's own lateness: from the intended start until it could have sent. Empty in a closed load.</param>
/// <param name="Instances">Replies by the instance that gave them; empty when the replies do not say.</param>
/// <param name="Errors">Failures by <see cref="Exchanges.Exchange.Reason"/>, or by the part of the reply that was not as expected.</param>
public sealed record LoadMeasurements(
    long Sent, long Succeeded, long Failed, long Bytes,
    LatencyHistogram Response, LatencyHistogram Service, LatencyHistogram Lag,
    IReadOnlyDictionary<string, long> Instances, IReadOnlyDictionary<string, long> Errors)
{
    /// <summary>The share of failures in all requests with an outcome, 0 to 1; 0 when there were none.</summary>
    public double ErrorShare => Sent == 0 ? 0 : (double)Failed / Sent;
}

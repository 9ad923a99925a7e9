namespace EvenKeel.Proof.Exchanges;

/// <summary>What came of one request.</summary>
/// <param name="Failure">Why there is no complete reply, or <see cref="ExchangeFailure.None"/>.</param>
/// <param name="Status">The status code, or 0 when not even a head arrived.</param>
/// <param name="Instance">The instance that answered, as the gateway names it in <c>X-EvenKeel-Instance</c>, or null.</param>
/// <param name="GatewayError">The reason in <c>X-EvenKeel-Error</c> when the gateway itself made the reply, or null.</param>
/// <param name="Body">The body, empty when there was none.</param>
/// <param name="SentAt">When the request was handed to the connection pool, a timestamp of the driver's <see cref="TimeProvider"/>.</param>
/// <param name="EndedAt">When the last byte had arrived or the exchange was given up, a timestamp too.</param>
public sealed record Exchange(
    ExchangeFailure Failure, int Status, string? Instance, string? GatewayError, ReadOnlyMemory<byte> Body, long SentAt, long EndedAt)
{
    /// <summary>True for a complete reply with a 2xx or 3xx status.</summary>
    public bool Succeeded => Failure == ExchangeFailure.None && Status is >= 200 and < 400;

    /// <summary>
    /// A short stable word for what went wrong: <c>refused</c>, <c>timeout</c>, <c>http503</c>, or <c>503:no_ready_instance</c> for replies
    /// the gateway made; empty when nothing did.
    /// </summary>
    public string Reason => Failure switch
    {
        ExchangeFailure.None when Succeeded => "",
        ExchangeFailure.None when GatewayError is not null => $"{Status}:{GatewayError}",
        ExchangeFailure.None => $"http{Status}",
        _ => Failure.ToString().ToLowerInvariant(),
    };
}

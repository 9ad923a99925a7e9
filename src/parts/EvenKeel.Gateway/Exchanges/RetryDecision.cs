namespace EvenKeel.Gateway.Exchanges;

/// <summary>What to do about a request whose endpoint failed before the first byte of its response.</summary>
internal enum RetryDecision
{
    /// <summary>Answer with a problem.</summary>
    GiveUp = 0,

    /// <summary>Send it to another endpoint.</summary>
    OtherEndpoint,

    /// <summary>Send it to the same endpoint on a fresh connection: the pooled one had died of age, which says nothing about the endpoint.</summary>
    FreshConnection,
}

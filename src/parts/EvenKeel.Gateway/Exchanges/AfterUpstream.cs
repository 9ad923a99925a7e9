namespace EvenKeel.Gateway.Exchanges;

/// <summary>What becomes of the endpoint's connection after an exchange.</summary>
internal enum AfterUpstream
{
    /// <summary>It goes back to its pool.</summary>
    Return = 0,

    /// <summary>It is closed: both messages were whole.</summary>
    Close,

    /// <summary>It is reset: a message was cut off.</summary>
    Reset,
}

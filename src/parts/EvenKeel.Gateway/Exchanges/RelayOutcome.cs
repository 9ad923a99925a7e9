namespace EvenKeel.Gateway.Exchanges;

/// <summary>How far relaying a response has come.</summary>
internal enum RelayOutcome
{
    /// <summary>More bytes are needed.</summary>
    NeedMore = 0,

    /// <summary>The response was relayed to its end.</summary>
    Complete,

    /// <summary>Both sides agreed on another protocol (101): what follows is no HTTP.</summary>
    Switched,

    /// <summary>The head is refused; nothing of it was relayed.</summary>
    HeadInvalid,

    /// <summary>The body is refused after its head was relayed.</summary>
    BodyInvalid,
}

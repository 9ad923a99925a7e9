namespace EvenKeel.Gateway.Exchanges;

/// <summary>What becomes of the client's connection after an exchange.</summary>
internal enum AfterExchange
{
    /// <summary>The next request may follow.</summary>
    KeepAlive = 0,

    /// <summary>It is closed once the response is out.</summary>
    Close,

    /// <summary>Its sending side is closed, and what still arrives is dropped for a while: a close at once would reset the response away.</summary>
    Linger,

    /// <summary>It is reset, so that the client sees that its response is not whole.</summary>
    Abort,
}

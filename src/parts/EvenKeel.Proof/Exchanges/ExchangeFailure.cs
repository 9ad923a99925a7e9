namespace EvenKeel.Proof.Exchanges;

/// <summary>Why an exchange brought no complete reply.</summary>
public enum ExchangeFailure
{
    /// <summary>It brought one; the status says the rest.</summary>
    None = 0,

    /// <summary>No connection was made, so not one byte of the request was sent.</summary>
    Refused = 1,

    /// <summary>The connection ended after the request, or part of it, may have been sent.</summary>
    Reset = 2,

    /// <summary>No complete reply within the time limit.</summary>
    Timeout = 3,

    /// <summary>The reply was not valid HTTP, or larger than the limit.</summary>
    Malformed = 4,

    /// <summary>The run was stopped while the request was under way.</summary>
    Cancelled = 5,
}

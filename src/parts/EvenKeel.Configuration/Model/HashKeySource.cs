namespace EvenKeel.Configuration.Model;

/// <summary>What of a request is hashed.</summary>
public enum HashKeySource
{
    /// <summary>The client's address.</summary>
    Client = 0,

    /// <summary>The path in normal form, without the query.</summary>
    Path,

    /// <summary>The value of a header field.</summary>
    Header,

    /// <summary>The value of a cookie.</summary>
    Cookie,

    /// <summary>The value of a query parameter, as it was encoded.</summary>
    Query,
}

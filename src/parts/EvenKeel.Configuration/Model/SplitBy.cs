namespace EvenKeel.Configuration.Model;

/// <summary>What decides which service of a split gets a request.</summary>
public enum SplitBy
{
    /// <summary>Each request anew, exactly by the weights over every run of as many requests as the weights add up to.</summary>
    Request = 0,

    /// <summary>The client's address.</summary>
    Client,

    /// <summary>The value of a header field.</summary>
    Header,

    /// <summary>The value of a cookie.</summary>
    Cookie,
}

namespace EvenKeel.Proxying.ProxyProtocol;

/// <summary>A version of the PROXY protocol.</summary>
public enum ProxyVersion
{
    /// <summary>One line of text.</summary>
    V1 = 1,

    /// <summary>Binary.</summary>
    V2 = 2,
}

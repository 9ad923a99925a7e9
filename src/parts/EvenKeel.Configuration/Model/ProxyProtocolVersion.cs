namespace EvenKeel.Configuration.Model;

/// <summary>A version of the PROXY protocol, as instances of a service read it.</summary>
public enum ProxyProtocolVersion
{
    /// <summary>One line of text.</summary>
    V1 = 1,

    /// <summary>Binary.</summary>
    V2 = 2,
}

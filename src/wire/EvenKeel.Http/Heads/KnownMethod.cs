namespace EvenKeel.Http.Heads;

/// <summary>The methods of RFC 9110 section 9 and PATCH.</summary>
public enum KnownMethod : byte
{
    /// <summary>Any other method; it is forwarded as it is.</summary>
    Other = 0,

    /// <summary>GET.</summary>
    Get,

    /// <summary>HEAD: its response never has a body.</summary>
    Head,

    /// <summary>POST.</summary>
    Post,

    /// <summary>PUT.</summary>
    Put,

    /// <summary>DELETE.</summary>
    Delete,

    /// <summary>OPTIONS.</summary>
    Options,

    /// <summary>TRACE.</summary>
    Trace,

    /// <summary>PATCH (RFC 5789).</summary>
    Patch,

    /// <summary>CONNECT.</summary>
    Connect,
}

namespace EvenKeel.Gateway.Routing.Rewrites;

/// <summary>What a piece of a template stands for.</summary>
internal enum TemplateValue : byte
{
    /// <summary>Itself.</summary>
    Literal = 0,

    /// <summary>The scheme that the client used.</summary>
    Scheme,

    /// <summary>The host without its port.</summary>
    Host,

    /// <summary>The path in normal form.</summary>
    Path,

    /// <summary>The query with its question mark, or nothing.</summary>
    Query,

    /// <summary>The client's address.</summary>
    Client,

    /// <summary>What follows a prefix.</summary>
    Rest,

    /// <summary>What a segment of the pattern captures.</summary>
    Capture,
}

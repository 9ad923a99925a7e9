namespace EvenKeel.Http.Bodies;

/// <summary>How the end of a body is found (RFC 9112 section 6.3).</summary>
public enum BodyKind : byte
{
    /// <summary>There is no body.</summary>
    None = 0,

    /// <summary>Content-Length counts its bytes.</summary>
    Length,

    /// <summary>It comes in chunks.</summary>
    Chunked,

    /// <summary>It ends when the connection does; of responses only.</summary>
    UntilClose,
}

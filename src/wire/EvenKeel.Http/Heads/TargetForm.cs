namespace EvenKeel.Http.Heads;

/// <summary>The form of a request target (RFC 9112 section 3.2).</summary>
public enum TargetForm : byte
{
    /// <summary><c>/path?query</c>.</summary>
    Origin = 0,

    /// <summary><c>http://host/path?query</c>; its authority replaces Host.</summary>
    Absolute,

    /// <summary><c>*</c>, with OPTIONS.</summary>
    Asterisk,
}

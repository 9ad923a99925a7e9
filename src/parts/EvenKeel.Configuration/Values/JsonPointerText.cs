namespace EvenKeel.Configuration.Values;

/// <summary>The form of JSON pointers (RFC 6901): empty for the whole document, or reference tokens each after a slash.</summary>
internal static class JsonPointerText
{
    /// <summary>The form as a regular expression that .NET and ECMAScript read alike: a tilde only as <c>~0</c> or <c>~1</c>.</summary>
    public const string Pattern = "^(/([^~/]|~[01])*)*$";
}

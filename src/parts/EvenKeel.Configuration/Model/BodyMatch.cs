namespace EvenKeel.Configuration.Model;

/// <summary>A condition on a request's JSON body.</summary>
/// <param name="Pointer">A JSON pointer (RFC 6901); empty for the whole document.</param>
/// <param name="Value">The text of a string, or a number, <c>true</c>, <c>false</c> or <c>null</c> as it is written.</param>
public sealed record BodyMatch(string Pointer, string Value);

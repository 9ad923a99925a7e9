namespace EvenKeel.Configuration.Model;

/// <summary>A condition on a header field, a query parameter or a cookie.</summary>
/// <param name="Name">Its name. Names of header fields have no case; the others do.</param>
/// <param name="Kind">What its value has to be.</param>
/// <param name="Value">The text to compare with; empty when the kind needs none.</param>
public sealed record NamedMatch(string Name, MatchKind Kind, string Value = "");

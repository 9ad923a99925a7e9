namespace EvenKeel.Proof.Exchanges;

/// <summary>One request with every placeholder filled in.</summary>
/// <param name="Method">The method, in capitals.</param>
/// <param name="Path">Path and query.</param>
/// <param name="Headers">Header fields.</param>
/// <param name="Body">The body, or null for none.</param>
public sealed record PreparedRequest(string Method, string Path, IReadOnlyDictionary<string, string> Headers, byte[]? Body);

namespace EvenKeel.Proof.Report.Model;

/// <summary>A file beside the report.</summary>
/// <param name="Path">Its path relative to the report.</param>
/// <param name="Meaning">What it holds.</param>
/// <param name="Bytes">Its length, or null when not known.</param>
public sealed record RunFile(string Path, string Meaning, long? Bytes);

namespace EvenKeel.Fuzzing;

/// <summary>An input that is kept.</summary>
/// <param name="Seed">What made it.</param>
/// <param name="Outcome">What must come of it; null when it once failed and anything but a failure is right.</param>
/// <param name="Input">Its bytes.</param>
internal sealed record CorpusEntry(int Seed, string? Outcome, byte[] Input);

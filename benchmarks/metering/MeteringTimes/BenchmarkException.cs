namespace MeteringTimes;

/// <summary>The benchmark cannot go on, or a run does not count; the message says why.</summary>
internal sealed class BenchmarkException(string message) : Exception(message);

namespace EvenKeel.Consistency.Checks;

/// <summary>What an audit said: a program of the user that knows the service, and compares what was acknowledged with what the service has.</summary>
/// <param name="ExitCode">0: they agree; 10: they do not; anything else: it could not be found out. Null when it did not end by itself.</param>
/// <param name="Lines">What it wrote, in order. Lines that begin with a space are its findings, the last one that is not empty is its verdict.</param>
/// <param name="Failure">Why it did not end by itself, or was not run, as the rest of "because ..."; null when it ended.</param>
public sealed record AuditStatement(int? ExitCode, IReadOnlyList<string> Lines, string? Failure);

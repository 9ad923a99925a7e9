namespace EvenKeel.Windows.Auditing;

/// <summary>What an audit found.</summary>
/// <param name="Windows">How many windows were compared; 0 shows nothing.</param>
/// <param name="Mismatches">Results that are not what the events give.</param>
public sealed record AuditReport(int Windows, IReadOnlyList<WindowMismatch> Mismatches);

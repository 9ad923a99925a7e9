using System.Globalization;

namespace EvenKeel.Proof.Runs;

/// <summary>A line of progress.</summary>
/// <param name="At">When, by the wall clock.</param>
/// <param name="Topic">One word: <c>phase</c>, <c>fault</c>, <c>instance</c>, <c>wait</c>, <c>check</c>.</param>
/// <param name="Text">What happened.</param>
public sealed record ProofLine(DateTimeOffset At, string Topic, string Text)
{
    /// <summary>The line as a console shows it, with the local time.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $" {At.ToLocalTime():HH:mm:ss}  {Topic,-8}  {Text}");
}

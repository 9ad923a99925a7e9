namespace EvenKeel.Cli.Control;

/// <summary>One line of an instance's log, as <c>logs --json</c> prints it.</summary>
/// <param name="SchemaVersion">The version of this form: 1.</param>
/// <param name="Kind">What this document is: <c>logLine</c>.</param>
/// <param name="Time">When it was read, in UTC.</param>
/// <param name="Instance">Who wrote it.</param>
/// <param name="Stream"><c>out</c>, <c>err</c>, or <c>fleet</c> for what the supervisor says of the instance.</param>
/// <param name="Text">The line.</param>
internal sealed record LogView(int SchemaVersion, string Kind, DateTimeOffset Time, string Instance, string Stream, string Text);

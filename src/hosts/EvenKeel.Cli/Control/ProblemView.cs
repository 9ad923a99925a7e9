namespace EvenKeel.Cli.Control;

/// <summary>Why an action failed (RFC 9457), with the exit code that the command ends with.</summary>
/// <param name="Title">What is wrong.</param>
/// <param name="Status">The status code of the reply.</param>
/// <param name="Code">The stable code of the message.</param>
/// <param name="Exit">The exit code of the command.</param>
/// <param name="Help">What to do, or null.</param>
internal sealed record ProblemView(string Title, int Status, string Code, int Exit, string? Help);

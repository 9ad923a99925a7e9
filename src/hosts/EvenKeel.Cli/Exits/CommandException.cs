namespace EvenKeel.Cli.Exits;

/// <summary>A command cannot go on, for a reason that its user can do something about.</summary>
/// <param name="exit">The exit code.</param>
/// <param name="code">The stable code of the message, such as <c>EK3004</c>.</param>
/// <param name="message">What is wrong, and where.</param>
/// <param name="help">What to do, or null.</param>
internal sealed class CommandException(ExitCode exit, string code, string message, string? help = null) : Exception(message)
{
    public ExitCode Exit { get; } = exit;

    public string Code { get; } = code;

    public string? Help { get; } = help;
}

namespace EvenKeel.Cli.Tests.Docs;

/// <summary>A command line of this program that a page shows.</summary>
/// <param name="File">The page.</param>
/// <param name="Line">The line in it.</param>
/// <param name="Text">The command line, from the program's name on.</param>
/// <param name="IsName">True where a sentence names a command without what it takes, such as <c>evenkeel load</c>.</param>
internal sealed record DocumentedCommand(string File, int Line, string Text, bool IsName);

using System.CommandLine;
using EvenKeel.Cli.Exits;
using EvenKeel.Cli.Terminals;

namespace EvenKeel.Cli.Commands;

/// <summary>Says what is wrong with a command line: on standard error, without the whole help, with what may have been meant.</summary>
internal static class UsageErrors
{
    public static ExitCode Report(ParseResult parsed, Terminal terminal)
    {
        var command = parsed.CommandResult.Command;
        var known = command.Subcommands.Where(child => !child.Hidden).Select(child => child.Name).Concat(command.Options.Select(option => option.Name)).ToList();
        var unknown = parsed.UnmatchedTokens is [var first, ..] ? first : null;
        var nearest = unknown is null ? null : known.Where(name => Distance(name, unknown) <= 2).MinBy(name => Distance(name, unknown));
        var message = unknown is null ? parsed.Errors[0].Message : $"unknown {(unknown.StartsWith('-') ? "flag" : "command or argument")} '{unknown}'";
        var help = nearest is null ? $"evenkeel {(command is RootCommand ? "" : command.Name + " ")}--help" : $"did you mean '{nearest}'?";
        terminal.Error(new CommandException(ExitCode.Usage, "EK1002", message.TrimEnd('.'), help));
        return ExitCode.Usage;
    }

    // Levenshtein's distance, one row at a time.
    private static int Distance(string left, string right)
    {
        var row = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var i = 1; i <= left.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var substituted = diagonal + (left[i - 1] == right[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(substituted, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[right.Length];
    }
}

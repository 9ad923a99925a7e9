using System.CommandLine;
using EvenKeel.Cli.Exits;
using EvenKeel.Cli.Terminals;
using EvenKeel.Configuration.Diagnostics;

namespace EvenKeel.Cli.Commands;

/// <summary>Says what is wrong with a command line: on standard error, without the whole help, with what may have been meant.</summary>
internal static class UsageErrors
{
    public static ExitCode Report(ParseResult parsed, Terminal terminal)
    {
        var command = parsed.CommandResult.Command;
        var known = command.Subcommands.Where(child => !child.Hidden)
            .Select(child => child.Name)
            .Concat(command.Options.Select(option => option.Name))
            .ToList();
        var unknown = parsed.UnmatchedTokens is [var first, ..] ? first : null;
        var nearest = unknown is null ? null : NameSuggestion.Find(unknown, known);
        var message = unknown is null ? parsed.Errors[0].Message : $"unknown {(unknown.StartsWith('-') ? "flag" : "command or argument")} '{unknown}'";
        var help = nearest is null ? $"evenkeel {(command is RootCommand ? "" : command.Name + " ")}--help" : $"did you mean '{nearest}'?";
        terminal.Error(new CommandException(ExitCode.Usage, "EK1002", message.TrimEnd('.'), help));
        return ExitCode.Usage;
    }
}

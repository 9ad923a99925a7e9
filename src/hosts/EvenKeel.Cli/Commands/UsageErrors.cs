using System.CommandLine;
using System.Text.RegularExpressions;
using EvenKeel.Cli.Exits;
using EvenKeel.Cli.Terminals;
using EvenKeel.Configuration.Diagnostics;

namespace EvenKeel.Cli.Commands;

/// <summary>Says what is wrong with a command line: on standard error, without the whole help, with what may have been meant.</summary>
internal static partial class UsageErrors
{
    public static ExitCode Report(ParseResult parsed, Terminal terminal)
    {
        var command = parsed.CommandResult.Command;
        var known = command.Subcommands.Where(child => !child.Hidden)
            .Select(child => child.Name)
            .Concat(command.Options.Select(option => option.Name))
            .ToList();
        var unknown = CommandFactory.MistypedFlags(parsed.CommandResult).Concat(parsed.UnmatchedTokens).FirstOrDefault();
        var nearest = unknown is null ? null : NameSuggestion.Find(unknown, known);
        var message = unknown is null ? Plain(parsed.Errors[0].Message) : $"unknown {(unknown.StartsWith('-') ? "flag" : "command or argument")} '{unknown}'";
        var help = nearest is null ? $"evenkeel {(command is RootCommand ? "" : command.Name + " ")}--help" : $"did you mean '{nearest}'?";
        terminal.Error(new CommandException(ExitCode.Usage, "EK1002", message.TrimEnd('.'), help));
        return ExitCode.Usage;
    }

    // The parser names types of the platform; users are told what the value must be.
    private static string Plain(string message) => TypeName().Match(message) is { Success: true } match
        ? $"'{match.Groups["value"].Value}' is no {(match.Groups["type"].Value is "Double" ? "number" : "whole number")}, "
            + $"which {match.Groups["flag"].Value} takes"
        : message;

    [GeneratedRegex(@"^Cannot parse argument '(?<value>.*)' for \w+ '(?<flag>[^']+)' as expected type '(.*\[)?System\.(?<type>\w+)")]
    private static partial Regex TypeName();
}

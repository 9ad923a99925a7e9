using System.CommandLine;
using System.CommandLine.Parsing;
using EvenKeel.Cli.Exits;
using EvenKeel.Fleet.Ports;
using EvenKeel.Fleet.Processes;

namespace EvenKeel.Cli.Commands;

/// <summary>Turns a command's work into an action: errors become one message and one exit code, signals become 130 and 143.</summary>
internal static class CommandFactory
{
    public static Command With(this Command command, params IEnumerable<Symbol> symbols)
    {
        foreach (var symbol in symbols)
        {
            switch (symbol)
            {
                case Option option:
                    command.Options.Add(option);
                    break;
                case Argument argument:
                    argument.Validators.Add(RefuseFlags);
                    command.Arguments.Add(argument);
                    break;
                case Command child:
                    command.Subcommands.Add(child);
                    break;
            }
        }

        return command;
    }

    /// <summary>The words of a command line that stand where an argument does and look like a flag: mistyped ones.</summary>
    public static IEnumerable<string> MistypedFlags(CommandResult command) => command.Children
        .OfType<ArgumentResult>()
        .SelectMany(argument => argument.Tokens)
        .Select(token => token.Value)
        .Where(word => word.StartsWith('-'));

    // The parser takes an unknown flag for an argument where there is room for one.
    private static void RefuseFlags(ArgumentResult argument)
    {
        if (argument.Tokens.FirstOrDefault(token => token.Value.StartsWith('-')) is { } flag)
        {
            argument.AddError($"unknown flag '{flag.Value}'");
        }
    }

    public static Command Does(this Command command, CommandContext context, Func<ParseResult, CancellationToken, Task<ExitCode>> work)
    {
        command.SetAction(async (parsed, cancellation) =>
        {
            try
            {
                return (int)await work(parsed, cancellation);
            }
            catch (Exception error) when (ProblemOf(error) is not null)
            {
                var problem = ProblemOf(error)!;
                context.Terminal.Error(problem);
                return (int)problem.Exit;
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
                return (int)ExitCode.Interrupted;
            }
        });
        return command;
    }

    /// <summary>What the environment refused, as a message with a code; null for a mistake of the program or the end of a token.</summary>
    public static CommandException? ProblemOf(Exception error) => error switch
    {
        CommandException problem => problem,
        PortUnavailableException or ProcessStartException => FleetProblems.Of(error),
        UnauthorizedAccessException or IOException => new CommandException(
            ExitCode.Environment, "EK3011", error.Message, "make the folder writable, or name another with EVENKEEL_STATE_DIR"),
        _ => null,
    };
}

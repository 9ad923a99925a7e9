using System.CommandLine;
using EvenKeel.Cli.Exits;
using EvenKeel.Fleet.Guard;

namespace EvenKeel.Cli.Commands;

/// <summary><c>guardian</c>, hidden: watches a supervisor through its standard input and ends what the supervisor left behind.</summary>
internal static class GuardianCommand
{
    public static Command Create(CommandContext context)
    {
        var command = new Command("guardian", "Watch a supervisor and end what it leaves behind.") { Hidden = true };
        return command.Does(context, async (_, _) =>
        {
            // Signals to the terminal's processes must not end it: only its pipe does.
            await using var input = Console.OpenStandardInput();
            return (ExitCode)await GuardianProgram.RunAsync(input, context.Terminal.Output, context.Time, CancellationToken.None);
        });
    }
}

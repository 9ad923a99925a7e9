namespace EvenKeel.State.Server.Commands;

/// <summary>ECHO message.</summary>
internal static class EchoCommand
{
    public static void Run(CommandContext context) => context.Output.WriteBulk(context[1]);
}

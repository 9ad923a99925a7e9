namespace EvenKeel.State.Server.Commands;

/// <summary>QUIT: the connection ends after the reply.</summary>
internal static class QuitCommand
{
    public static void Run(CommandContext context)
    {
        context.WriteOk();
        context.Session.Closing = true;
    }
}

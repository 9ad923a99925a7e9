namespace EvenKeel.State.Server.Commands;

/// <summary>FLUSHALL and FLUSHDB [ASYNC | SYNC]: both remove all keys of the one database, before the reply.</summary>
internal static class FlushCommand
{
    public static void Run(CommandContext context)
    {
        if (context.Count > 2 || (context.Count == 2 && !context.Is(1, "ASYNC") && !context.Is(1, "SYNC")))
        {
            context.Output.WriteError(Errors.Syntax);
            return;
        }

        context.Keys.Clear();
        context.WriteOk();
    }
}

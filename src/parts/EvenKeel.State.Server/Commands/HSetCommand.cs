namespace EvenKeel.State.Server.Commands;

/// <summary>HSET key field value [field value ...]: how many fields are new.</summary>
internal static class HSetCommand
{
    public static void Run(CommandContext context)
    {
        if (context.Count % 2 != 0)
        {
            context.Output.WriteError(Errors.WrongArity("hset"));
            return;
        }

        if (!context.TryHash(1, out _))
        {
            return;
        }

        int added = 0;
        for (int i = 2; i < context.Count; i += 2)
        {
            added += context.Keys.SetField(context[1], context[i], context[i + 1]) ? 1 : 0;
        }

        context.Output.WriteInteger(added);
    }
}

namespace EvenKeel.State.Server.Commands;

/// <summary>EXISTS key [key ...]: how many are there; a key named twice counts twice.</summary>
internal static class ExistsCommand
{
    public static void Run(CommandContext context)
    {
        int found = 0;
        for (int i = 1; i < context.Count; i++)
        {
            found += context.Keys.Find(context[i]) is null ? 0 : 1;
        }

        context.Output.WriteInteger(found);
    }
}

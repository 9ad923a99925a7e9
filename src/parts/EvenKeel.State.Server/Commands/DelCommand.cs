using EvenKeel.State.Server.Keys;

namespace EvenKeel.State.Server.Commands;

/// <summary>DEL key [key ...]: how many were there.</summary>
internal static class DelCommand
{
    public static void Run(CommandContext context)
    {
        int removed = 0;
        for (int i = 1; i < context.Count; i++)
        {
            if (context.Keys.Find(context[i]) is Entry entry)
            {
                context.Keys.Remove(entry);
                removed++;
            }
        }

        context.Output.WriteInteger(removed);
    }
}

using EvenKeel.State.Server.Keys;

namespace EvenKeel.State.Server.Commands;

/// <summary>HDEL key field [field ...]: how many were there; without fields the key is gone.</summary>
internal static class HDelCommand
{
    public static void Run(CommandContext context)
    {
        if (!context.TryHash(1, out Entry? entry))
        {
            return;
        }

        int removed = 0;
        for (int i = 2; i < context.Count && entry is { Removed: false }; i++)
        {
            removed += context.Keys.RemoveField(entry, context[i]) ? 1 : 0;
        }

        context.Output.WriteInteger(removed);
    }
}

using EvenKeel.State.Server.Keys;

namespace EvenKeel.State.Server.Commands;

/// <summary>HMGET key field [field ...]: a value or null for each.</summary>
internal static class HMGetCommand
{
    public static void Run(CommandContext context)
    {
        if (!context.TryHash(1, out Entry? entry))
        {
            return;
        }

        context.Output.WriteArrayHeader(context.Count - 2);
        for (int i = 2; i < context.Count; i++)
        {
            context.WriteBulk(HGetCommand.Field(entry, context[i]));
        }
    }
}

using EvenKeel.State.Server.Keys;

namespace EvenKeel.State.Server.Commands;

/// <summary>HEXISTS key field.</summary>
internal static class HExistsCommand
{
    public static void Run(CommandContext context)
    {
        if (context.TryHash(1, out Entry? entry))
        {
            context.Output.WriteInteger(HGetCommand.Field(entry, context[2]) is null ? 0 : 1);
        }
    }
}

using EvenKeel.State.Server.Keys;

namespace EvenKeel.State.Server.Commands;

/// <summary>HLEN key.</summary>
internal static class HLenCommand
{
    public static void Run(CommandContext context)
    {
        if (context.TryHash(1, out Entry? entry))
        {
            context.Output.WriteInteger(entry?.Hash?.Count ?? 0);
        }
    }
}

using EvenKeel.State.Server.Keys;

namespace EvenKeel.State.Server.Commands;

/// <summary>GET key.</summary>
internal static class GetCommand
{
    public static void Run(CommandContext context)
    {
        if (context.TryText(1, out Entry? entry))
        {
            context.WriteBulk(entry?.Text);
        }
    }
}

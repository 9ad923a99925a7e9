using EvenKeel.State.Server.Keys;

namespace EvenKeel.State.Server.Commands;

/// <summary>GET key, and GETDEL key, which removes it as well.</summary>
internal static class GetCommand
{
    public static void Run(CommandContext context)
    {
        if (context.TryText(1, out Entry? entry))
        {
            context.WriteBulk(entry?.Text);
        }
    }

    public static void RunAndDelete(CommandContext context)
    {
        if (context.TryText(1, out Entry? entry))
        {
            context.WriteBulk(entry?.Text);
            if (entry is not null)
            {
                context.Keys.Remove(entry);
            }
        }
    }
}

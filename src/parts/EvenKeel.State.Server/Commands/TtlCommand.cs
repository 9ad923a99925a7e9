using EvenKeel.State.Server.Keys;

namespace EvenKeel.State.Server.Commands;

/// <summary>TTL and PTTL key: what is left, -1 for no deadline, -2 for no key. Seconds are rounded to the nearest.</summary>
internal static class TtlCommand
{
    public static void RunSeconds(CommandContext context) => Run(context, inSeconds: true);

    public static void RunMilliseconds(CommandContext context) => Run(context, inSeconds: false);

    private static void Run(CommandContext context, bool inSeconds)
    {
        Entry? entry = context.Keys.Find(context[1]);
        long left = entry is null ? -2 : entry.Deadline == Entry.Never ? -1 : entry.Deadline - context.Keys.Now;
        context.Output.WriteInteger(inSeconds && left >= 0 ? (left + 500) / 1000 : left);
    }
}

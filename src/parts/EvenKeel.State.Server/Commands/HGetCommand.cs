using EvenKeel.State.Server.Keys;

namespace EvenKeel.State.Server.Commands;

/// <summary>HGET key field.</summary>
internal static class HGetCommand
{
    public static void Run(CommandContext context)
    {
        if (context.TryHash(1, out Entry? entry))
        {
            context.WriteBulk(Field(entry, context[2]));
        }
    }

    /// <summary>A field's value, or null when there is no such field or no hash.</summary>
    public static byte[]? Field(Entry? entry, ReadOnlySpan<byte> field) =>
        entry?.Hash is { } hash && hash.GetAlternateLookup<ReadOnlySpan<byte>>().TryGetValue(field, out byte[]? value) ? value : null;
}

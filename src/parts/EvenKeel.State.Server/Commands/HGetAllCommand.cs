using EvenKeel.State.Server.Keys;

namespace EvenKeel.State.Server.Commands;

/// <summary>HGETALL, HKEYS and HVALS key.</summary>
internal static class HGetAllCommand
{
    public static void RunAll(CommandContext context) => Run(context, fields: true, values: true);

    public static void RunKeys(CommandContext context) => Run(context, fields: true, values: false);

    public static void RunValues(CommandContext context) => Run(context, fields: false, values: true);

    private static void Run(CommandContext context, bool fields, bool values)
    {
        if (!context.TryHash(1, out Entry? entry))
        {
            return;
        }

        context.Output.WriteArrayHeader((entry?.Hash?.Count ?? 0) * (fields && values ? 2 : 1));
        foreach ((byte[] field, byte[] value) in entry?.Hash ?? [])
        {
            if (fields)
            {
                context.Output.WriteBulk(field);
            }

            if (values)
            {
                context.Output.WriteBulk(value);
            }
        }
    }
}

using System.Text;
using EvenKeel.Resp.Frames;
using EvenKeel.State.Server.Keys;

namespace EvenKeel.State.Server.Commands;

/// <summary>SCAN cursor [MATCH pattern] [COUNT count] [TYPE type]. A key that is there from the first to the last call is told exactly once.</summary>
internal static class ScanCommand
{
    public static void Run(CommandContext context)
    {
        if (!RespInteger.TryParse(context[1], out long cursor) || cursor < 0)
        {
            context.Output.WriteError("ERR invalid cursor");
            return;
        }

        byte[]? pattern = null;
        string? type = null;
        long count = 10;
        for (int i = 2; i < context.Count; i += 2)
        {
            bool hasValue = i + 1 < context.Count;
            if (hasValue && context.Is(i, "COUNT"))
            {
                if (!context.TryInteger(i + 1, out count))
                {
                    return;
                }
            }
            else if (hasValue && context.Is(i, "MATCH"))
            {
                pattern = context[i + 1].ToArray();
            }
            else if (hasValue && context.Is(i, "TYPE"))
            {
                type = Encoding.UTF8.GetString(context[i + 1]);
            }
            else
            {
                count = 0;
            }

            if (count < 1)
            {
                context.Output.WriteError(Errors.Syntax);
                return;
            }
        }

        Write(context, (int)Math.Min(cursor, int.MaxValue), (int)Math.Min(count, int.MaxValue), pattern, type);
    }

    private static void Write(CommandContext context, int cursor, int count, byte[]? pattern, string? type)
    {
        var found = new List<Entry>();
        int next = context.Keys.Walk(cursor, count, found);
        found.RemoveAll(entry =>
            (pattern is not null && !GlobPattern.Matches(pattern, entry.Key))
            || (type is not null && !entry.TypeName.Equals(type, StringComparison.OrdinalIgnoreCase)));
        context.Output.WriteArrayHeader(2);
        context.Output.WriteBulkInteger(next);
        context.Output.WriteArrayHeader(found.Count);
        foreach (Entry entry in found)
        {
            context.Output.WriteBulk(entry.Key);
        }
    }
}

using System.Globalization;
using System.Text;
using EvenKeel.Resp.Frames;
using EvenKeel.State.Server.Keys;

namespace EvenKeel.State.Server.Commands;

/// <summary>INCR key and INCRBY key increment: the deadline of the key stays.</summary>
internal static class IncrCommand
{
    public static void RunByOne(CommandContext context) => Run(context, 1);

    public static void RunBy(CommandContext context)
    {
        if (context.TryInteger(2, out long increment))
        {
            Run(context, increment);
        }
    }

    private static void Run(CommandContext context, long increment)
    {
        if (!context.TryText(1, out Entry? entry))
        {
            return;
        }

        long value = 0;
        if (entry is not null && !RespInteger.TryParse(entry.Text, out value))
        {
            context.Output.WriteError(Errors.NotAnInteger);
            return;
        }

        if (increment > 0 ? value > long.MaxValue - increment : value < long.MinValue - increment)
        {
            context.Output.WriteError(Errors.Overflow);
            return;
        }

        value += increment;
        context.Keys.SetText(context[1], Encoding.ASCII.GetBytes(value.ToString(CultureInfo.InvariantCulture)), keepDeadline: true);
        context.Output.WriteInteger(value);
    }
}

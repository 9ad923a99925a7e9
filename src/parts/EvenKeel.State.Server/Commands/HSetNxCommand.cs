using EvenKeel.State.Server.Keys;

namespace EvenKeel.State.Server.Commands;

/// <summary>HSETNX key field value: stores the field unless there is one.</summary>
internal static class HSetNxCommand
{
    public static void Run(CommandContext context)
    {
        if (!context.TryHash(1, out Entry? entry))
        {
            return;
        }

        if (HGetCommand.Field(entry, context[2]) is not null)
        {
            context.Output.WriteInteger(0);
            return;
        }

        context.Keys.SetField(context[1], context[2], context[3]);
        context.Output.WriteInteger(1);
    }
}

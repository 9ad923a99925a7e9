namespace EvenKeel.State.Server.Commands;

/// <summary>PING [message].</summary>
internal static class PingCommand
{
    public static void Run(CommandContext context)
    {
        if (context.Session.Channels.Count > 0 && context.Count <= 2)
        {
            // Between messages the reply has to look like one.
            context.Output.WriteArrayHeader(2);
            context.Output.WriteBulk("pong"u8);
            context.Output.WriteBulk(context.Count == 2 ? context[1] : default);
            return;
        }

        switch (context.Count)
        {
            case 1:
                context.Output.WriteSimpleString("PONG"u8);
                break;
            case 2:
                context.Output.WriteBulk(context[1]);
                break;
            default:
                context.Output.WriteError(Errors.WrongArity("ping"));
                break;
        }
    }
}

namespace EvenKeel.State.Server.Commands;

/// <summary>PING [message].</summary>
internal static class PingCommand
{
    public static void Run(CommandContext context)
    {
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

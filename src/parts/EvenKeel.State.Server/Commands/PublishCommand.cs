namespace EvenKeel.State.Server.Commands;

/// <summary>PUBLISH channel message: how many were subscribed.</summary>
internal static class PublishCommand
{
    public static void Run(CommandContext context) => context.Output.WriteInteger(context.Channels.Publish(context[1], context[2]));
}

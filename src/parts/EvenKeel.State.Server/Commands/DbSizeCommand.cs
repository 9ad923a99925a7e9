namespace EvenKeel.State.Server.Commands;

/// <summary>DBSIZE.</summary>
internal static class DbSizeCommand
{
    public static void Run(CommandContext context) => context.Output.WriteInteger(context.Keys.Count);
}

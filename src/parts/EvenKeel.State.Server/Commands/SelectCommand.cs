namespace EvenKeel.State.Server.Commands;

/// <summary>SELECT 0: there is one database.</summary>
internal static class SelectCommand
{
    public static void Run(CommandContext context)
    {
        if (!context.TryInteger(1, out long index))
        {
            return;
        }

        if (index == 0)
        {
            context.WriteOk();
        }
        else
        {
            context.Output.WriteError(index is < int.MinValue or > int.MaxValue
                ? "ERR value is out of range, value must between -2147483648 and 2147483647"
                : "ERR DB index is out of range");
        }
    }
}

using System.Text;
using EvenKeel.State.Server.Keys;

namespace EvenKeel.State.Server.Commands;

/// <summary>EXPIRE key seconds and PEXPIRE key milliseconds [NX | XX | GT | LT]; a length of zero or below removes the key.</summary>
internal static class ExpireCommand
{
    [Flags]
    private enum Condition
    {
        None = 0,
        NotSet = 1,
        Set = 2,
        Later = 4,
        Earlier = 8,
    }

    public static void RunSeconds(CommandContext context) => Run(context, inSeconds: true, "expire");

    public static void RunMilliseconds(CommandContext context) => Run(context, inSeconds: false, "pexpire");

    private static void Run(CommandContext context, bool inSeconds, string name)
    {
        if (!TryCondition(context, out Condition condition) || !context.TryInteger(2, out long length))
        {
            return;
        }

        if (!Deadlines.TryAfter(context.Keys.Now, length, inSeconds, out long deadline))
        {
            context.Output.WriteError(Errors.InvalidExpiry(name));
            return;
        }

        if (context.Keys.Find(context[1]) is not { } entry || !Holds(condition, entry.Deadline, deadline))
        {
            context.Output.WriteInteger(0);
            return;
        }

        if (length <= 0)
        {
            context.Keys.Remove(entry);
        }
        else
        {
            context.Keys.SetDeadline(entry, deadline);
        }

        context.Output.WriteInteger(1);
    }

    private static bool TryCondition(CommandContext context, out Condition condition)
    {
        condition = Condition.None;
        string? error = null;
        for (int i = 3; i < context.Count && error is null; i++)
        {
            Condition more = context.Is(i, "NX") ? Condition.NotSet
                : context.Is(i, "XX") ? Condition.Set
                : context.Is(i, "GT") ? Condition.Later
                : context.Is(i, "LT") ? Condition.Earlier
                : Condition.None;
            error = more == Condition.None ? $"ERR Unsupported option {Encoding.UTF8.GetString(context[i])}" : null;
            condition |= more;
        }

        if (error is null && condition.HasFlag(Condition.NotSet) && condition != Condition.NotSet)
        {
            error = "ERR NX and XX, GT or LT options at the same time are not compatible";
        }

        if (error is null && condition.HasFlag(Condition.Later) && condition.HasFlag(Condition.Earlier))
        {
            error = "ERR GT and LT options at the same time are not compatible";
        }

        if (error is not null)
        {
            context.Output.WriteError(error);
        }

        return error is null;
    }

    /// <summary>A key without a deadline counts as one that expires last.</summary>
    private static bool Holds(Condition condition, long present, long deadline) =>
        (!condition.HasFlag(Condition.NotSet) || present == Entry.Never)
        && (!condition.HasFlag(Condition.Set) || present != Entry.Never)
        && (!condition.HasFlag(Condition.Later) || deadline > present)
        && (!condition.HasFlag(Condition.Earlier) || deadline < present);
}

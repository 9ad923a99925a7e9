using EvenKeel.State.Server.Keys;

namespace EvenKeel.State.Server.Commands;

/// <summary>SET key value [NX | XX] [GET] [EX seconds | PX milliseconds | KEEPTTL].</summary>
internal static class SetCommand
{
    [Flags]
    private enum Option
    {
        None = 0,
        IfAbsent = 1,
        IfPresent = 2,
        Get = 4,
        KeepDeadline = 8,
    }

    public static void Run(CommandContext context)
    {
        if (!TryOptions(context, out Option options, out int expiryAt))
        {
            context.Output.WriteError(Errors.Syntax);
            return;
        }

        long deadline = Entry.Never;
        if (expiryAt > 0 && !TryDeadline(context, expiryAt, out deadline))
        {
            return;
        }

        bool get = options.HasFlag(Option.Get);
        Entry? before;
        if (get)
        {
            if (!context.TryText(1, out before))
            {
                return;
            }

            context.WriteBulk(before?.Text);
        }
        else
        {
            before = context.Keys.Find(context[1]);
        }

        if ((options.HasFlag(Option.IfAbsent) && before is not null) || (options.HasFlag(Option.IfPresent) && before is null))
        {
            if (!get)
            {
                context.Output.WriteNullBulk();
            }

            return;
        }

        Entry entry = context.Keys.SetText(context[1], context[2].ToArray(), options.HasFlag(Option.KeepDeadline));
        if (expiryAt > 0)
        {
            context.Keys.SetDeadline(entry, deadline);
        }

        if (!get)
        {
            context.WriteOk();
        }
    }

    private static bool TryOptions(CommandContext context, out Option options, out int expiryAt)
    {
        options = Option.None;
        expiryAt = 0;
        for (int i = 3; i < context.Count; i++)
        {
            if (context.Is(i, "NX") && !options.HasFlag(Option.IfPresent))
            {
                options |= Option.IfAbsent;
            }
            else if (context.Is(i, "XX") && !options.HasFlag(Option.IfAbsent))
            {
                options |= Option.IfPresent;
            }
            else if (context.Is(i, "GET"))
            {
                options |= Option.Get;
            }
            else if (context.Is(i, "KEEPTTL") && expiryAt == 0)
            {
                options |= Option.KeepDeadline;
            }
            else if ((context.Is(i, "EX") || context.Is(i, "PX")) && expiryAt == 0 && !options.HasFlag(Option.KeepDeadline) && i + 1 < context.Count)
            {
                expiryAt = ++i;
            }
            else
            {
                return false;
            }
        }

        return true;
    }

    private static bool TryDeadline(CommandContext context, int at, out long deadline)
    {
        deadline = 0;
        if (!context.TryInteger(at, out long length))
        {
            return false;
        }

        if (length <= 0 || !Deadlines.TryAfter(context.Keys.Now, length, context.Is(at - 1, "EX"), out deadline))
        {
            context.Output.WriteError(Errors.InvalidExpiry("set"));
            return false;
        }

        return true;
    }
}

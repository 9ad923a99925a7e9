namespace EvenKeel.State.Server.Commands;

/// <summary>CLIENT SETNAME name, GETNAME, ID, SETINFO attribute value.</summary>
internal static class ClientCommand
{
    public static void Run(CommandContext context)
    {
        if (context.Is(1, "SETNAME") && context.Count == 3)
        {
            if (TrySetName(context, context[2]))
            {
                context.WriteOk();
            }
        }
        else if (context.Is(1, "GETNAME") && context.Count == 2)
        {
            context.WriteBulk(context.Session.Name);
        }
        else if (context.Is(1, "ID") && context.Count == 2)
        {
            context.Output.WriteInteger(context.Session.Id);
        }
        else if (context.Is(1, "SETINFO") && context.Count == 4)
        {
            // Client libraries announce their name and version; nothing here asks for it again.
            context.WriteOk();
        }
        else
        {
            context.RefuseSubcommand("setname", "getname", "id", "setinfo");
        }
    }

    /// <summary>Names the client; an empty name takes it back.</summary>
    /// <returns>False when the name would break CLIENT LIST; the error is written.</returns>
    public static bool TrySetName(CommandContext context, ReadOnlySpan<byte> name)
    {
        if (name.ContainsAnyExceptInRange((byte)'!', (byte)'~'))
        {
            context.Output.WriteError("ERR Client names cannot contain spaces, newlines or special characters.");
            return false;
        }

        context.Session.Name = name.IsEmpty ? null : name.ToArray();
        return true;
    }
}

using System.Globalization;
using System.Text;
using EvenKeel.Resp.Frames;
using EvenKeel.State.Server.Keys;

namespace EvenKeel.State.Server.Commands;

/// <summary>
/// FSET key token value: stores the fields <c>token</c> and <c>value</c> of a hash unless it holds a higher token. Replies 1, or 0 when it was
/// refused. FGET key token: raises the token likewise. Replies 1 and the value, or 0 and nothing. Commands of EvenKeel's own, since a comparison
/// and a write have to be one step and there are no scripts here.
/// </summary>
internal static class FSetCommand
{
    public static void Run(CommandContext context)
    {
        if (TryRaise(context, out bool accepted))
        {
            if (accepted)
            {
                context.Keys.SetField(context[1], "value"u8, context[3]);
            }

            context.Output.WriteInteger(accepted ? 1 : 0);
        }
    }

    public static void RunGet(CommandContext context)
    {
        if (TryRaise(context, out bool accepted))
        {
            context.Output.WriteArrayHeader(2);
            context.Output.WriteInteger(accepted ? 1 : 0);
            context.WriteBulk(accepted ? Field(context.Keys.Find(context[1]), "value"u8) : null);
        }
    }

    /// <summary>Compares the token and stores it where it is not lower.</summary>
    /// <returns>False when the error is written.</returns>
    private static bool TryRaise(CommandContext context, out bool accepted)
    {
        accepted = false;
        if (!context.TryInteger(2, out long token) || !context.TryHash(1, out Entry? entry))
        {
            return false;
        }

        byte[]? stored = Field(entry, "token"u8);
        accepted = stored is null || (RespInteger.TryParse(stored, out long highest) && highest <= token);
        if (accepted)
        {
            context.Keys.SetField(context[1], "token"u8, Encoding.ASCII.GetBytes(token.ToString(CultureInfo.InvariantCulture)));
        }

        return true;
    }

    private static byte[]? Field(Entry? entry, ReadOnlySpan<byte> name) =>
        entry is not null && entry.Hash!.GetAlternateLookup<ReadOnlySpan<byte>>().TryGetValue(name, out byte[]? value) ? value : null;
}

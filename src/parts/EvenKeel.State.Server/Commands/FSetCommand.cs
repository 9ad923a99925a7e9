using System.Globalization;
using System.Text;
using EvenKeel.Resp.Frames;
using EvenKeel.State.Server.Keys;

namespace EvenKeel.State.Server.Commands;

/// <summary>
/// FSET key token value: stores the fields <c>token</c> and <c>value</c> of a hash unless it holds a higher token. Replies 1, or 0 when it was
/// refused. A command of EvenKeel's own, since a comparison and a write have to be one step and there are no scripts here.
/// </summary>
internal static class FSetCommand
{
    public static void Run(CommandContext context)
    {
        if (!context.TryInteger(2, out long token) || !context.TryHash(1, out Entry? entry))
        {
            return;
        }

        byte[]? stored = null;
        entry?.Hash!.GetAlternateLookup<ReadOnlySpan<byte>>().TryGetValue("token"u8, out stored);
        if (stored is not null && (!RespInteger.TryParse(stored, out long highest) || highest > token))
        {
            context.Output.WriteInteger(0);
            return;
        }

        context.Keys.SetField(context[1], "token"u8, Encoding.ASCII.GetBytes(token.ToString(CultureInfo.InvariantCulture)));
        context.Keys.SetField(context[1], "value"u8, context[3]);
        context.Output.WriteInteger(1);
    }
}

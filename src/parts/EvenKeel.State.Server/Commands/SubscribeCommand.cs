using EvenKeel.Resp.Frames;
using EvenKeel.State.Server.Channels;

namespace EvenKeel.State.Server.Commands;

/// <summary>SUBSCRIBE channel [channel ...] and UNSUBSCRIBE [channel ...]: one reply for each channel.</summary>
internal static class SubscribeCommand
{
    public static void Run(CommandContext context)
    {
        for (int i = 1; i < context.Count; i++)
        {
            if (context.Channels.TrySubscribe(context.Session, context[i]))
            {
                Reply(context, "subscribe"u8, context[i]);
            }
            else
            {
                context.Output.WriteError($"ERR a client may be subscribed to {ChannelTable.MaxChannels} channels");
            }
        }
    }

    public static void RunEnd(CommandContext context)
    {
        byte[][] channels = [.. context.Session.Channels];
        if (context.Count > 1)
        {
            channels = new byte[context.Count - 1][];
            for (int i = 0; i < channels.Length; i++)
            {
                channels[i] = context[i + 1].ToArray();
            }
        }

        foreach (byte[] channel in channels)
        {
            context.Channels.Unsubscribe(context.Session, channel);
            Reply(context, "unsubscribe"u8, channel);
        }

        if (channels.Length == 0)
        {
            Begin(context.Output, "unsubscribe"u8);
            context.Output.WriteNullBulk();
            context.Output.WriteInteger(0);
        }
    }

    private static void Reply(CommandContext context, ReadOnlySpan<byte> kind, ReadOnlySpan<byte> channel)
    {
        Begin(context.Output, kind);
        context.Output.WriteBulk(channel);
        context.Output.WriteInteger(context.Session.Channels.Count);
    }

    private static void Begin(RespWriter output, ReadOnlySpan<byte> kind)
    {
        output.WriteArrayHeader(3);
        output.WriteBulk(kind);
    }
}

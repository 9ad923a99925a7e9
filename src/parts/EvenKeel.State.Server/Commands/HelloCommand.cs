using EvenKeel.Resp.Frames;

namespace EvenKeel.State.Server.Commands;

/// <summary>HELLO [2 [SETNAME name]]. Version 3 is refused as Redis refuses a version that it does not know.</summary>
internal static class HelloCommand
{
    public static void Run(CommandContext context)
    {
        if (context.Count > 1)
        {
            if (!RespInteger.TryParse(context[1], out long version))
            {
                context.Output.WriteError("ERR Protocol version is not an integer or out of range");
                return;
            }

            if (version != 2)
            {
                context.Output.WriteError("NOPROTO unsupported protocol version");
                return;
            }
        }

        if (context.Count > 2)
        {
            if (context.Count != 4 || !context.Is(2, "SETNAME"))
            {
                context.Output.WriteError($"ERR Syntax error in HELLO option '{System.Text.Encoding.UTF8.GetString(context[2])}'");
                return;
            }

            if (!ClientCommand.TrySetName(context, context[3]))
            {
                return;
            }
        }

        WriteServer(context);
    }

    private static void WriteServer(CommandContext context)
    {
        RespWriter output = context.Output;
        output.WriteArrayHeader(14);
        output.WriteBulk("server");
        output.WriteBulk("evenkeel");
        output.WriteBulk("version");
        output.WriteBulk(InfoCommand.CompatibleVersion);
        output.WriteBulk("proto");
        output.WriteInteger(2);
        output.WriteBulk("id");
        output.WriteInteger(context.Session.Id);
        output.WriteBulk("mode");
        output.WriteBulk("standalone");
        output.WriteBulk("role");
        output.WriteBulk("master");
        output.WriteBulk("modules");
        output.WriteArrayHeader(0);
    }
}

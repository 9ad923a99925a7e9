using System.Text;
using EvenKeel.Resp.Frames;

namespace EvenKeel.State.Server.Commands;

/// <summary>COMMAND, COMMAND COUNT, COMMAND INFO [name ...], COMMAND DOCS [name ...] (which has none).</summary>
internal static class CommandCommand
{
    public static void Run(CommandContext context)
    {
        if (context.Count == 1 || (context.Is(1, "INFO") && context.Count == 2))
        {
            context.Output.WriteArrayHeader(CommandTable.All.Count);
            foreach (Command command in CommandTable.All)
            {
                Write(context.Output, command);
            }
        }
        else if (context.Is(1, "COUNT") && context.Count == 2)
        {
            context.Output.WriteInteger(CommandTable.All.Count);
        }
        else if (context.Is(1, "INFO"))
        {
            context.Output.WriteArrayHeader(context.Count - 2);
            for (int i = 2; i < context.Count; i++)
            {
                Write(context.Output, CommandTable.Find(context[i]));
            }
        }
        else if (context.Is(1, "DOCS"))
        {
            context.Output.WriteArrayHeader(0);
        }
        else
        {
            context.RefuseSubcommand("count", "info", "docs");
        }
    }

    private static void Write(RespWriter output, Command? command)
    {
        if (command is null)
        {
            output.WriteNullBulk();
            return;
        }

        string[] flags = [.. Enum.GetValues<CommandTraits>().Where(trait => trait != CommandTraits.None && command.Traits.HasFlag(trait)).Select(Flag)];
        output.WriteArrayHeader(10);
        output.WriteBulk(command.Name);
        output.WriteInteger(command.Arity);
        output.WriteArrayHeader(flags.Length);
        foreach (string flag in flags)
        {
            output.WriteSimpleString(Encoding.ASCII.GetBytes(flag));
        }

        output.WriteInteger(command.FirstKey);
        output.WriteInteger(command.LastKey);
        output.WriteInteger(command.FirstKey == 0 ? 0 : 1);

        // Categories, tips, key specifications and subcommands: nothing uses them here.
        for (int i = 0; i < 4; i++)
        {
            output.WriteArrayHeader(0);
        }
    }

    private static string Flag(CommandTraits trait) => trait switch
    {
        CommandTraits.ReadOnly => "readonly",
        CommandTraits.Write => "write",
        CommandTraits.DenyOnMemory => "denyoom",
        _ => "pubsub",
    };
}

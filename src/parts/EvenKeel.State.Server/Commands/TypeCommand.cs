using System.Text;

namespace EvenKeel.State.Server.Commands;

/// <summary>TYPE key: string, hash or none.</summary>
internal static class TypeCommand
{
    public static void Run(CommandContext context) =>
        context.Output.WriteSimpleString(Encoding.ASCII.GetBytes(context.Keys.Find(context[1])?.TypeName ?? "none"));
}

using EvenKeel.State.Server.Keys;

namespace EvenKeel.State.Server.Commands;

/// <summary>KEYS pattern: looks at all keys in one turn, so that all other clients wait; SCAN does it in parts.</summary>
internal static class KeysCommand
{
    public static void Run(CommandContext context)
    {
        var all = new List<Entry>();
        context.Keys.Walk(0, int.MaxValue, all);
        byte[] pattern = context[1].ToArray();
        all.RemoveAll(entry => !GlobPattern.Matches(pattern, entry.Key));
        context.Output.WriteArrayHeader(all.Count);
        foreach (Entry entry in all)
        {
            context.Output.WriteBulk(entry.Key);
        }
    }
}

using EvenKeel.Cli.RunFiles;
using EvenKeel.Cli.Signals;
using EvenKeel.Cli.Terminals;

namespace EvenKeel.Cli.Commands;

/// <summary>What every command needs.</summary>
/// <param name="Terminal">Where it writes.</param>
/// <param name="Folder">Where running clusters and proofs are recorded.</param>
/// <param name="Time">The clock.</param>
internal sealed record CommandContext(Terminal Terminal, RunFolder Folder, TimeProvider Time)
{
    /// <summary>The signals of this process, or null where none are taken.</summary>
    public EndSignals? Signals { get; init; }
}

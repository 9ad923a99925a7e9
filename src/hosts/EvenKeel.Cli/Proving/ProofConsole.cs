using EvenKeel.Cli.Terminals;
using EvenKeel.Proof.Runs;

namespace EvenKeel.Cli.Proving;

/// <summary>Shows what a proof does, a line for each change.</summary>
internal sealed class ProofConsole(Terminal terminal) : IProofObserver
{
    public void Say(ProofLine line)
    {
        if (!terminal.Quiet)
        {
            terminal.ErrorLine(line.ToString());
        }
    }
}

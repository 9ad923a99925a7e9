namespace EvenKeel.Proof.Runs;

/// <summary>Hears what a proof does while it runs: one line per change of state, and at least one every ten seconds.</summary>
public interface IProofObserver
{
    /// <summary>Something happened. Called from any thread, one call at a time; must return quickly.</summary>
    void Say(ProofLine line);
}

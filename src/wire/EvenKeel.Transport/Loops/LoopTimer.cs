namespace EvenKeel.Transport.Loops;

/// <summary>A callback that a loop runs once. Used on the loop's own thread only.</summary>
public abstract class LoopTimer
{
    /// <summary>Makes sure that the callback does not run any more. Harmless when it already ran.</summary>
    public abstract void Cancel();
}

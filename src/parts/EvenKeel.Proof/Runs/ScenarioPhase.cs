using EvenKeel.Consistency.Histories;

namespace EvenKeel.Proof.Runs;

/// <summary>The part of the proof that a scenario is in; read by many threads, set by one.</summary>
internal sealed class ScenarioPhase
{
    private int _current = (int)OperationPhase.Control;

    public OperationPhase Current
    {
        get => (OperationPhase)Volatile.Read(ref _current);
        set => Volatile.Write(ref _current, (int)value);
    }
}

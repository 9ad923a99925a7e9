using EvenKeel.Proof.Clocks;
using EvenKeel.Proof.Faults;
using EvenKeel.Proof.Recording;
using EvenKeel.Proof.Systems;
using EvenKeel.Proof.Workload;

namespace EvenKeel.Proof.Runs;

/// <summary>What the scenarios of one run share. The clock is the scenario's own.</summary>
internal sealed record RunContext(
    RunFolder Folder, RunClock Clock, ISystemFactory Factory, IProofObserver Observer,
    ElementNames Names, LineFile History, LineFile Events, FaultJournal Journal)
{
    /// <summary>The context of the next scenario: its times begin anew.</summary>
    public RunContext Next() => this with { Clock = new RunClock(Clock.Time) };
}

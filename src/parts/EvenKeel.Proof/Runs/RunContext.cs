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
    /// <summary>The number of the scenario, from 1; 0 before the first.</summary>
    public int Number { get; init; }

    /// <summary>The context of a scenario: its times begin anew.</summary>
    /// <param name="number">Its number, from 1.</param>
    public RunContext Of(int number) => this with { Clock = new RunClock(Clock.Time), Number = number };
}

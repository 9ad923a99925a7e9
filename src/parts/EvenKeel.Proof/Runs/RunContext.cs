using EvenKeel.Proof.Clocks;
using EvenKeel.Proof.Faults;
using EvenKeel.Proof.Recording;
using EvenKeel.Proof.Systems;
using EvenKeel.Proof.Workload;

namespace EvenKeel.Proof.Runs;

/// <summary>What the scenarios of one run share.</summary>
internal sealed record RunContext(
    RunFolder Folder, RunClock Clock, ISystemFactory Factory, IProofObserver Observer,
    ElementNames Names, LineFile History, EventLog Events, FaultJournal Journal);

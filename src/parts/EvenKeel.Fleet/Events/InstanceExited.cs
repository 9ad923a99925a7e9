using EvenKeel.Fleet.Logs;
using EvenKeel.Fleet.Processes;

namespace EvenKeel.Fleet.Events;

/// <summary>The process of an instance ended, and nothing of its session is left.</summary>
/// <param name="Exit">How.</param>
/// <param name="Ran">How long it ran.</param>
/// <param name="Wanted">True when it was being stopped; false for a crash, a kill, or an end of its own.</param>
/// <param name="LastLines">Up to 20 lines that it wrote last, oldest first; up to half of them are kept for standard error.</param>
public sealed record InstanceExited(ProcessExit Exit, TimeSpan Ran, bool Wanted, IReadOnlyList<LogLine> LastLines) : FleetEvent
{
    /// <summary>How many lines an exit carries at most: 20.</summary>
    public const int LineLimit = 20;

    /// <inheritdoc />
    public override string Text => $"ended after {Show(Ran)} with {Exit}";
}

using EvenKeel.Fleet.Events;
using EvenKeel.Fleet.Logs;
using EvenKeel.Fleet.Mailboxes;
using EvenKeel.Fleet.Probes;

namespace EvenKeel.Fleet.Instances;

/// <summary>What all instances of a fleet share.</summary>
internal sealed record FleetContext(FleetOptions Options, SerialMailbox Mailbox, EventFeed Events, LogFeed Logs, IInstanceProbe Probe)
{
    private readonly long _origin = Options.Time.GetTimestamp();

    /// <summary>The time since the fleet was made, monotonic.</summary>
    public TimeSpan Now => Options.Time.GetElapsedTime(_origin);

    /// <summary>The time of day.</summary>
    public DateTimeOffset Clock => Options.Time.GetUtcNow();
}

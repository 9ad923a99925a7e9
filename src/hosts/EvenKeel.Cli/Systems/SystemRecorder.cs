using System.Threading.Channels;
using EvenKeel.Fleet.Events;
using EvenKeel.Fleet.Instances;
using EvenKeel.Proof.Systems;

namespace EvenKeel.Cli.Systems;

/// <summary>Turns the fleet's events into those of a proof, without loss.</summary>
/// <param name="service">The attacked service, of which all instances are followed.</param>
/// <param name="attacked">The instances that faults name, which are followed too.</param>
/// <param name="time">The clock of the events.</param>
internal sealed class SystemRecorder(string service, IReadOnlySet<string> attacked, TimeProvider time) : IFleetRecorder
{
    // Unbounded: the events of one scenario are few, and a lost one would falsify the report.
    private readonly Channel<SystemEvent> _events = Channel.CreateUnbounded<SystemEvent>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Dictionary<string, InstanceCondition> _before = [];

    public ChannelReader<SystemEvent> Events => _events.Reader;

    public void Record(FleetEvent happened)
    {
        if (happened.Instance.Length == 0 || (happened.Service != service && !attacked.Contains(happened.Instance)))
        {
            return;
        }

        var condition = ConditionAfter(happened);
        _before[happened.Instance] = condition;
        _events.Writer.TryWrite(new SystemEvent(time.GetTimestamp(), happened.Instance, condition, happened.Text));
    }

    public void Complete() => _events.Writer.TryComplete();

    /// <summary>A state of the fleet as a proof tells them apart.</summary>
    public static InstanceCondition ConditionOf(InstanceState state) => state switch
    {
        InstanceState.Starting => InstanceCondition.Starting,
        InstanceState.Ready => InstanceCondition.Ready,
        InstanceState.Paused => InstanceCondition.Paused,
        InstanceState.Unready or InstanceState.Draining or InstanceState.Stopping => InstanceCondition.Unready,
        _ => InstanceCondition.Down,
    };

    // An event that changes no condition keeps the one before.
    private InstanceCondition ConditionAfter(FleetEvent happened) => happened switch
    {
        InstanceStarted => InstanceCondition.Starting,
        InstanceReady => InstanceCondition.Ready,
        InstancePaused => InstanceCondition.Paused,
        InstanceUnready or InstanceDraining or InstanceStopping or InstanceNotLive => InstanceCondition.Unready,
        InstanceResumed => InstanceCondition.Unready,
        InstanceExited or InstanceKilled or InstanceStopped or InstanceRestarting or InstanceStartRefused => InstanceCondition.Down,
        _ => _before.GetValueOrDefault(happened.Instance, InstanceCondition.Down),
    };
}

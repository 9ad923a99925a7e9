using System.Threading.Channels;
using EvenKeel.Cli.Clusters;
using EvenKeel.Cli.Exits;
using EvenKeel.Fleet.Actions;
using EvenKeel.Fleet.Instances;
using EvenKeel.Proof.Systems;

namespace EvenKeel.Cli.Systems;

/// <summary>A running cluster as a proof sees it.</summary>
internal sealed class ClusterSystem(
    RunningCluster cluster, string service, IReadOnlySet<string> attacked, TimeProvider time, SystemRecorder recorder) : ISystemUnderTest
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(10);
    private readonly CancellationTokenSource _ending = new();
    private Task? _starting;

    public Uri Gateway => cluster.Gateway;

    public string Service => service;

    public ChannelReader<SystemEvent> Events => recorder.Events;

    public IReadOnlyList<SystemInstance> Instances => [.. Own().Select(ViewOf)];

    public IReadOnlyList<SystemInstance> Others => [.. All().Where(instance => instance.Service != service).Select(ViewOf)];

    public IReadOnlyDictionary<string, string> Connections => cluster.Connections;

    /// <summary>Begins to start the instances.</summary>
    public void Start() => _starting = ClusterStart.RunAsync(
        cluster.Fleet, "the service did not become ready", "the log of each instance is in the folder of the run", _ending.Token);

    public async Task WaitUntilReadyAsync(CancellationToken cancellationToken)
    {
        await _starting!.WaitAsync(cancellationToken);
        while (!Own().All(instance => instance is { State: InstanceState.Ready, Admitted: true })
            || !All().Where(instance => attacked.Contains(instance.Name)).All(instance => instance.State == InstanceState.Ready))
        {
            await Task.Delay(Look, time, cancellationToken);
        }
    }

    public Task<IReadOnlyList<FaultConfirmation>> KillAsync(IReadOnlyList<string> instances, CancellationToken cancellationToken) =>
        ActAsync(instances, cluster.Fleet.KillAsync, receipt => $"pid {string.Join(", ", receipt.Pids)} gone", cancellationToken);

    public Task<IReadOnlyList<FaultConfirmation>> PauseAsync(IReadOnlyList<string> instances, CancellationToken cancellationToken) =>
        ActAsync(instances, cluster.Fleet.PauseAsync, receipt => $"pid {string.Join(", ", receipt.Pids)} stands still", cancellationToken);

    public async Task<IReadOnlyList<FaultConfirmation>> ResumeAsync(IReadOnlyList<string> instances, CancellationToken cancellationToken)
    {
        var paused = All().Where(instance => instance.State == InstanceState.Paused).Select(instance => instance.Name).ToHashSet();
        var left = instances.Where(name => !paused.Contains(name))
            .Select(name => new FaultConfirmation(name, Confirmed: true, time.GetTimestamp(), "is not paused"));
        var targets = instances.Where(paused.Contains).ToList();
        return targets.Count == 0
            ? [.. left]
            : [.. left, .. await ActAsync(targets, cluster.Fleet.ResumeAsync,
                receipt => $"pid {string.Join(", ", receipt.Pids)} runs again", cancellationToken)];
    }

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        try
        {
            await (_starting ?? Task.CompletedTask);
        }
        catch (Exception error) when (error is OperationCanceledException or CommandException)
        {
            // The start was given up, or WaitUntilReadyAsync has told its failure.
        }

        await cluster.DisposeAsync();
        recorder.Complete();
        _ending.Dispose();
    }

    private async Task<IReadOnlyList<FaultConfirmation>> ActAsync(
        IReadOnlyList<string> instances,
        Func<IReadOnlyCollection<string>, CancellationToken, Task<IReadOnlyList<ActionReceipt>>> act,
        Func<ActionReceipt, string> detail,
        CancellationToken cancellationToken)
    {
        try
        {
            var receipts = await act(instances, cancellationToken);
            var now = time.GetTimestamp();
            return [.. receipts.Select(receipt => new FaultConfirmation(receipt.Instance, receipt.Confirmed is not null, now, detail(receipt)))];
        }
        catch (Exception error) when (error is InstanceActionException or InstanceNotFoundException or OperationCanceledException or InvalidOperationException)
        {
            var now = time.GetTimestamp();
            return [.. instances.Select(name => new FaultConfirmation(name, Confirmed: false, now, error.Message))];
        }
    }

    private IEnumerable<InstanceSnapshot> All() => cluster.Fleet.Snapshot.Instances;

    private IEnumerable<InstanceSnapshot> Own() => All().Where(instance => instance.Service == service);

    private static SystemInstance ViewOf(InstanceSnapshot instance) =>
        new(instance.Name, new Uri($"http://{instance.Address}:{instance.Port ?? 0}/"), SystemRecorder.ConditionOf(instance.State));
}

using System.Threading.Channels;
using EvenKeel.Proof.Systems;

namespace EvenKeel.Proof.Tests.Servers;

/// <summary>
/// Instances of a service of albums behind a front that takes them in turn: a system under test within the test's own process, with real
/// sockets.
/// </summary>
internal sealed class AlbumCluster : ISystemUnderTest
{
    private readonly Channel<SystemEvent> _events = Channel.CreateUnbounded<SystemEvent>();
    private readonly TimeProvider _time;
    private readonly long _started;
    private readonly List<AlbumInstance> _instances = [];
    private readonly SmallHttpServer _front;
    private readonly List<Task> _restarts = [];
    private long _deafUntil;
    private int _turn;
    private int _adds;

    public AlbumCluster(Bug bug, int count, TimeProvider time, TimeSpan restart)
    {
        (Bug, _time, Restart) = (bug, time, restart);
        _started = time.GetTimestamp();
        var shared = new AlbumStore();
        for (var number = 1; number <= count; number++)
        {
            _instances.Add(new AlbumInstance(this, $"web-{number}", bug == Bug.OwnLists ? new AlbumStore() : shared));
        }

        _front = new SmallHttpServer(ForwardAsync);
        _instances.ForEach(instance => Tell(instance, InstanceCondition.Ready));
    }

    public Bug Bug { get; }

    public TimeSpan Restart { get; }

    public bool ConfirmsFaults { get; init; } = true;

    public List<string> Resumed { get; } = [];

    public bool Disposed { get; private set; }

    public long NowMs => (long)_time.GetElapsedTime(_started).TotalMilliseconds;

    public Uri Gateway => _front.Address;

    public string Service => "web";

    public IReadOnlyList<SystemInstance> Instances => [.. _instances.Select(instance => instance.View)];

    public IReadOnlyList<SystemInstance> Others => [];

    public IReadOnlyDictionary<string, string> Connections => new Dictionary<string, string> { ["big-db"] = "postgres://127.0.0.1:1/db" };

    public ChannelReader<SystemEvent> Events => _events.Reader;

    public int CountAdd() => Interlocked.Increment(ref _adds);

    public async Task WaitUntilReadyAsync(CancellationToken cancellationToken)
    {
        while (_instances.Any(instance => instance.State != InstanceCondition.Ready))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), _time, cancellationToken);
        }
    }

    public Task<IReadOnlyList<FaultConfirmation>> KillAsync(IReadOnlyList<string> instances, CancellationToken cancellationToken)
    {
        foreach (var instance in Named(instances))
        {
            Tell(instance, InstanceCondition.Down);
            _restarts.Add(RestartAsync(instance));
        }

        if (Bug == Bug.GoesDown)
        {
            Volatile.Write(ref _deafUntil, NowMs + 500);
        }

        return Confirm(instances, "pid 4711 gone");
    }

    public Task<IReadOnlyList<FaultConfirmation>> PauseAsync(IReadOnlyList<string> instances, CancellationToken cancellationToken)
    {
        foreach (var instance in Named(instances))
        {
            instance.Pause();
            Tell(instance, InstanceCondition.Paused);
        }

        return Confirm(instances, "state T");
    }

    public Task<IReadOnlyList<FaultConfirmation>> ResumeAsync(IReadOnlyList<string> instances, CancellationToken cancellationToken)
    {
        foreach (var instance in Named(instances))
        {
            instance.Resume();
            Tell(instance, InstanceCondition.Ready);
            Resumed.Add(instance.Name);
        }

        return Confirm(instances, "state S");
    }

    public async ValueTask DisposeAsync()
    {
        Disposed = true;
        await Task.WhenAll(_restarts);
        _instances.ForEach(instance => instance.Resume());
        await _front.DisposeAsync();
        foreach (var instance in _instances)
        {
            await instance.DisposeAsync();
        }

        _events.Writer.TryComplete();
    }

    private async Task<SmallReply> ForwardAsync(SmallRequest request, CancellationToken cancellationToken)
    {
        var ready = _instances.Where(instance => instance.State is InstanceCondition.Ready).ToList();
        if (ready.Count == 0 || Volatile.Read(ref _deafUntil) > NowMs)
        {
            return new SmallReply(503) { Headers = { ["X-EvenKeel-Error"] = "no_healthy_instance" } };
        }

        return await ready[(int)((uint)Interlocked.Increment(ref _turn) % ready.Count)].HandleAsync(request, cancellationToken);
    }

    private async Task RestartAsync(AlbumInstance instance)
    {
        await Task.Delay(Restart, _time, CancellationToken.None);
        if (Bug == Bug.OwnLists)
        {
            instance.Store = new AlbumStore();
        }

        Tell(instance, InstanceCondition.Starting);
        Tell(instance, InstanceCondition.Ready);
    }

    private void Tell(AlbumInstance instance, InstanceCondition state)
    {
        instance.State = state;
        _events.Writer.TryWrite(new SystemEvent(_time.GetTimestamp(), instance.Name, state));
    }

    private IEnumerable<AlbumInstance> Named(IReadOnlyList<string> names) => _instances.Where(instance => names.Contains(instance.Name));

    private Task<IReadOnlyList<FaultConfirmation>> Confirm(IReadOnlyList<string> names, string detail) =>
        Task.FromResult<IReadOnlyList<FaultConfirmation>>(
            [.. names.Select(name => new FaultConfirmation(name, ConfirmsFaults, _time.GetTimestamp(), ConfirmsFaults ? detail : "pid 4711 is still there"))]);
}

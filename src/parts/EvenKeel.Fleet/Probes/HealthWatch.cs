using EvenKeel.Configuration.Model;
using EvenKeel.Control.Health;
using EvenKeel.Fleet.Instances;
using EvenKeel.Proxying.ProxyProtocol;

namespace EvenKeel.Fleet.Probes;

/// <summary>
/// Checks one life until it is disposed: often until it is ready for the first time (one success is enough), then once per interval,
/// with rise and fall; liveness from the first readiness on. In the mailbox only.
/// </summary>
internal sealed class HealthWatch : IDisposable
{
    private static readonly TimeSpan StartInterval = TimeSpan.FromMilliseconds(100);
    private readonly FleetContext _fleet;
    private readonly HealthOptions _options;
    private readonly InstanceLife _life;
    private readonly IHealthListener _listener;
    private readonly CancellationTokenSource _over = new();
    private HealthState _ready;
    private HealthState _live;
    private IDisposable? _startLimit;
    private IDisposable? _nextReady;
    private IDisposable? _nextLive;
    private bool _proven;
    private bool _portTaken;
    private bool _disposed;

    public HealthWatch(FleetContext fleet, HealthOptions options, InstanceLife life, IHealthListener listener)
    {
        _fleet = fleet;
        _options = options;
        _life = life;
        _listener = listener;
        _ready = new HealthState(options.Rise, options.Fall);
        _live = new HealthState(rise: 1, options.Fall);
    }

    /// <summary>While true, liveness is not judged and the start limit is put off: the processes are frozen on request.</summary>
    public bool Suspended { get; set; }

    /// <summary>Begins to check.</summary>
    public void Begin()
    {
        ArmStartLimit();
        CheckReady();
    }

    /// <inheritdoc />
    public void Dispose()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        _startLimit?.Dispose();
        _nextReady?.Dispose();
        _nextLive?.Dispose();
        _over.Cancel();
    }

    private void ArmStartLimit() =>
        _startLimit = _fleet.Mailbox.After(
            _options.Start,
            () =>
            {
                if (Suspended)
                {
                    ArmStartLimit();
                }
                else
                {
                    _listener.StartTimedOut();
                }
            });

    private void CheckReady() => Check(_options.Ready, OnReady);

    private void CheckLive() => Check(_options.Live, OnLive);

    private void Check(string? path, Action<ProbeResult> done) =>
        _fleet.Mailbox.Run(
            _ => _fleet.Probe.CheckAsync(TargetOf(path), _over.Token),
            result =>
            {
                if (!_disposed)
                {
                    done(result);
                }
            },
            error =>
            {
                if (!_disposed)
                {
                    done(new ProbeResult(error.Message));
                }
            });

    private ProbeTarget TargetOf(string? path) => new(_life.Port, path, _options.Timeout, _life.Process, _life.Nonce)
    {
        Proven = _proven,
        Protocol = _options.Protocol,
        Proxy = _options.ProxyProtocol switch
        {
            ProxyProtocolVersion.V1 => ProxyVersion.V1,
            ProxyProtocolVersion.V2 => ProxyVersion.V2,
            _ => null,
        },
        Tls = _options.Tls,
    };

    private void OnReady(ProbeResult result)
    {
        _listener.Checked(result.Failure);
        _proven = result.Ok;
        if (result.ForeignHolder is { } holder && !_portTaken)
        {
            _portTaken = true;
            _listener.PortTaken(holder);
        }

        var before = _ready.Status;
        _ready = _ready.Next(result.Ok);
        if (_ready.Status != before)
        {
            if (before == HealthStatus.Starting)
            {
                BecomeReady();
            }
            else
            {
                _listener.ReadyChanged(_ready.Status == HealthStatus.Healthy);
            }
        }

        // The listener may have ended this life.
        if (!_disposed)
        {
            var often = _ready.Status == HealthStatus.Starting && StartInterval < _options.Interval;
            _nextReady = _fleet.Mailbox.After(often ? StartInterval : _options.Interval, CheckReady);
        }
    }

    private void BecomeReady()
    {
        // Liveness is judged from here on; an instance that serves lives.
        _live = _live.Next(succeeded: true);
        _startLimit?.Dispose();
        _listener.FirstReady();
        if (_options.Live is not null && !_disposed)
        {
            _nextLive = _fleet.Mailbox.After(_options.Interval, CheckLive);
        }
    }

    private void OnLive(ProbeResult result)
    {
        // A check that began before the freeze says nothing about life.
        _live = _live.Next(result.Ok || Suspended);
        if (_live.Status == HealthStatus.Unhealthy)
        {
            _listener.NotLive(result.Failure ?? "");
            return;
        }

        _nextLive = _fleet.Mailbox.After(_options.Interval, CheckLive);
    }
}

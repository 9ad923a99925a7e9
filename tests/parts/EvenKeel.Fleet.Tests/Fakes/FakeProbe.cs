using EvenKeel.Fleet.Probes;

namespace EvenKeel.Fleet.Tests.Fakes;

/// <summary>Asks a fake process how it is.</summary>
internal sealed class FakeProbe : IInstanceProbe
{
    /// <summary>Who answers on a port in place of the instance.</summary>
    public Func<int, string?> Foreigner { get; set; } = _ => null;

    public Task<ProbeResult> CheckAsync(ProbeTarget target, CancellationToken cancellationToken)
    {
        var process = (FakeProcess)target.Process;
        if (Foreigner(target.Port) is { } holder)
        {
            return Task.FromResult(new ProbeResult($"port {target.Port} is answered by {holder}", holder));
        }

        var ok = process.Running && process.IsStopped() != true && (target.Path == "/live" ? process.Alive : process.Healthy);
        return Task.FromResult(ok ? ProbeResult.Passed : new ProbeResult($"GET {target.Path} answered 503"));
    }
}

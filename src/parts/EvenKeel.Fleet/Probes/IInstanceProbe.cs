namespace EvenKeel.Fleet.Probes;

/// <summary>Checks once whether an instance answers. It does not throw, unless the token ends.</summary>
internal interface IInstanceProbe
{
    Task<ProbeResult> CheckAsync(ProbeTarget target, CancellationToken cancellationToken);
}

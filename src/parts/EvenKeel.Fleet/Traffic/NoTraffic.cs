namespace EvenKeel.Fleet.Traffic;

/// <summary>A fleet without a balancer: nothing is ever in flight.</summary>
internal sealed class NoTraffic : IInstanceTraffic
{
    public void Admit(InstanceEndpoint endpoint)
    {
    }

    public ValueTask<int> WithdrawAsync(InstanceEndpoint endpoint, CancellationToken cancellationToken) => new(0);
}

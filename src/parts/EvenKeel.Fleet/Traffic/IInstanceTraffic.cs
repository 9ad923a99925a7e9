namespace EvenKeel.Fleet.Traffic;

/// <summary>How the fleet tells a balancer which instances may get requests. The host gives it; the fleet knows no gateway.</summary>
public interface IInstanceTraffic
{
    /// <summary>New requests may go to this endpoint from now on. Called in order with <see cref="WithdrawAsync"/>; must not block.</summary>
    void Admit(InstanceEndpoint endpoint);

    /// <summary>
    /// Sends no new request to the endpoint from the moment of the call (not of the completion), and completes when those in flight
    /// are done or when the token ends, whichever is first. A token that has ended already withdraws at once and waits for nothing;
    /// it cuts no request. Withdrawing twice, or what was never admitted, is no error.
    /// </summary>
    /// <returns>How many requests are still in flight; 0 after a complete drain. It does not throw when the token ends.</returns>
    ValueTask<int> WithdrawAsync(InstanceEndpoint endpoint, CancellationToken cancellationToken);
}

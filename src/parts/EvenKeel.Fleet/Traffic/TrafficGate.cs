using EvenKeel.Fleet.Instances;

namespace EvenKeel.Fleet.Traffic;

/// <summary>Opens and closes the traffic of one life of an instance. In the mailbox only.</summary>
internal sealed class TrafficGate(FleetContext fleet, InstanceEndpoint endpoint)
{
    // A balancer that ignores its token must not keep an instance alive for ever.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private bool _everAdmitted;

    /// <summary>True while the instance may get new requests.</summary>
    public bool Admitted { get; private set; }

    /// <summary>Lets requests come.</summary>
    public void Admit()
    {
        if (Admitted)
        {
            return;
        }

        try
        {
            fleet.Options.Traffic.Admit(endpoint);
            Admitted = _everAdmitted = true;
        }
        catch (Exception error)
        {
            FleetLog.AdmitFailed(fleet.Options.Logger, endpoint.Instance, endpoint.Generation, error);
        }
    }

    /// <summary>Lets no new requests come and waits for none.</summary>
    public void Close()
    {
        if (Admitted)
        {
            Withdraw(TimeSpan.Zero, _ => { });
        }
    }

    /// <summary>Lets no new requests come, and then waits for those in flight.</summary>
    /// <param name="limit">The longest wait.</param>
    /// <param name="done">Gets, in the mailbox, how many were left; null when the balancer failed to say.</param>
    public void Withdraw(TimeSpan limit, Action<int?> done)
    {
        if (!_everAdmitted)
        {
            done(0);
            return;
        }

        Admitted = false;
        fleet.Mailbox.Run(
            closing => WithdrawAsync(limit, closing),
            left => done(left),
            error =>
            {
                FleetLog.WithdrawFailed(fleet.Options.Logger, endpoint.Instance, endpoint.Generation, error);
                done(null);
            });
    }

    private async Task<int?> WithdrawAsync(TimeSpan limit, CancellationToken closing)
    {
        var time = fleet.Options.Time;
        using var timer = new CancellationTokenSource(limit, time);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, closing);
        var left = fleet.Options.Traffic.WithdrawAsync(endpoint, end.Token);
        return left.IsCompletedSuccessfully
            ? left.Result
            : await left.AsTask().WaitAsync(limit + Patience, time, CancellationToken.None).ConfigureAwait(false);
    }
}

namespace EvenKeel.Gateway.Resilience;

/// <summary>
/// The services that one loop has counted something of since it settled them last. What the loop does for services a few times a second costs
/// as much as there are of these, however many services there are. A service whose queue is not empty stays, so that room that nobody spoke of
/// (a reload, an instance that came back) is found. Used on the loop only.
/// </summary>
internal sealed class BusyServices
{
    private readonly HashSet<ServiceState> _busy = new(ReferenceEqualityComparer.Instance);
    private ServiceState? _last;

    /// <summary>How many there are.</summary>
    public int Count => _busy.Count;

    /// <summary>A request of the service has come or ended.</summary>
    public void Note(ServiceState service)
    {
        if (!ReferenceEquals(service, _last))
        {
            _last = service;
            _busy.Add(service);
        }
    }

    /// <summary>Puts what was counted into the windows of each, wakes who may go on, and forgets those that nobody waits for.</summary>
    public void Settle()
    {
        if (_busy.Count == 0)
        {
            return;
        }

        foreach (ServiceState service in _busy)
        {
            service.Guard.Settle();
            service.Bulkhead.Freed();
        }

        _last = null;
        _busy.RemoveWhere(static service => service.Waiting == 0);
    }
}

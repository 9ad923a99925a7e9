using EvenKeel.Fleet.Addresses;

namespace EvenKeel.Fleet.Instances;

/// <summary>The port of an instance, reserved from its first start until it is stopped: the one its service names, or any.</summary>
internal sealed class InstancePort(InstanceIdentity instance, IPortSource source)
{
    private bool _another;

    /// <summary>The port, or null when none is reserved.</summary>
    public int? Current { get; private set; }

    private bool Named => instance.Service.Ports.Count > 0;

    /// <summary>The port for the next life.</summary>
    public int Take()
    {
        if (Current is { } old && _another)
        {
            // Taken before the old one is returned, so that the source cannot give the same again.
            Current = source.Take();
            _another = false;
            source.Return(old);
        }

        var port = Current ?? (Named ? TakeNamed() : source.Take());
        Current = port;
        return port;
    }

    /// <summary>Somebody else has the port.</summary>
    /// <returns>True when the next life gets another one; false when the service names it.</returns>
    public bool TakeAnotherNextTime() => _another = !Named;

    /// <summary>It is no longer needed.</summary>
    public void Return()
    {
        if (Current is { } port)
        {
            source.Return(port);
        }

        (Current, _another) = (null, false);
    }

    private int TakeNamed()
    {
        var port = instance.Service.Ports[instance.Index - 1];
        source.Take(port);
        return port;
    }
}

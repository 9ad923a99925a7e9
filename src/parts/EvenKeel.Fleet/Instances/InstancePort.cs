using EvenKeel.Fleet.Addresses;

namespace EvenKeel.Fleet.Instances;

/// <summary>The port of an instance: the one its service names, or one of the source, kept over restarts.</summary>
internal sealed class InstancePort(InstanceIdentity instance, IPortSource source)
{
    private bool _another;

    /// <summary>The port, or null before the first start.</summary>
    public int? Current { get; private set; }

    private bool Named => instance.Service.Ports.Count > 0;

    /// <summary>The port for the next life.</summary>
    public int Take()
    {
        if (Named)
        {
            var port = instance.Service.Ports[instance.Index - 1];
            Current = port;
            return port;
        }

        if (_another)
        {
            // Taken before the old one is returned, so that the source cannot give the same again.
            var old = Current;
            Current = source.Take();
            _another = false;
            source.Return(old!.Value);
        }

        return Current ??= source.Take();
    }

    /// <summary>Somebody else has the port.</summary>
    /// <returns>True when the next life gets another one; false when the service names it.</returns>
    public bool TakeAnotherNextTime() => _another = !Named;

    /// <summary>It is no longer needed.</summary>
    public void Return()
    {
        if (!Named && Current is { } port)
        {
            source.Return(port);
        }

        (Current, _another) = (null, false);
    }
}

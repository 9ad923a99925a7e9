using EvenKeel.Cli.Exits;
using EvenKeel.Fleet.Addresses;
using EvenKeel.Fleet.Ports;

namespace EvenKeel.Cli.Clusters;

/// <summary>
/// The ports of one cluster. Some are promised before the fleet asks for them: those that the file names, so that a busy one is told before
/// anything is started, and the one of the state node, so that its address can be given to the instances.
/// </summary>
internal sealed class ClusterPorts : IPortSource, IDisposable
{
    private readonly AllocatedPorts _ports = new(new PortAllocator());
    private readonly HashSet<int> _promised = [];
    private readonly Lock _gate = new();

    /// <summary>Reserves ports for a later <see cref="Take(int)"/>.</summary>
    /// <exception cref="CommandException">One of them is taken.</exception>
    public void Promise(IEnumerable<int> named)
    {
        try
        {
            foreach (var port in named)
            {
                _ports.Take(port);
                Note(port);
            }
        }
        catch (PortUnavailableException error)
        {
            throw new CommandException(ExitCode.Environment, "EK3004", error.Message);
        }
    }

    /// <summary>Reserves any port for a later <see cref="Take(int)"/>.</summary>
    public int Promise()
    {
        var port = _ports.Take();
        Note(port);
        return port;
    }

    public int Take() => _ports.Take();

    public void Take(int port)
    {
        lock (_gate)
        {
            if (_promised.Remove(port))
            {
                return;
            }
        }

        _ports.Take(port);
    }

    public void Return(int port) => _ports.Return(port);

    public void Dispose() => _ports.Dispose();

    private void Note(int port)
    {
        lock (_gate)
        {
            _promised.Add(port);
        }
    }
}

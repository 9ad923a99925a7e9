using System.Collections.Concurrent;
using System.Net;
using EvenKeel.Configuration.Model;
using EvenKeel.Transport.Listeners;

namespace EvenKeel.Gateway.Tcp;

/// <summary>
/// One listener, live: it survives reloads of its options, and so does what was counted. Loops read its plan and count; all else is for its
/// gateway, one caller at a time.
/// </summary>
internal sealed class TcpListener
{
    private readonly ConcurrentDictionary<string, TcpCounters[]> _series = new(StringComparer.Ordinal);
    private readonly int _loops;
    private volatile TcpPlan _plan;

    /// <summary>Makes a listener that does not listen yet.</summary>
    /// <param name="options">Validated options.</param>
    /// <param name="loops">How many loops accept.</param>
    /// <param name="compile">Makes the plan of options; it is not called again.</param>
    public TcpListener(TcpListenerOptions options, int loops, Func<TcpListener, TcpPlan> compile)
    {
        Asked = Address = options.Listen;
        _loops = loops;
        _plan = compile(this);
    }

    /// <summary>The address of the options, by which it is known to other options.</summary>
    public IPEndPoint Asked { get; }

    /// <summary>Where it listens; with the port that the system chose once it does.</summary>
    public IPEndPoint Address { get; private set; }

    /// <summary>What accepts its connections; null while nothing does.</summary>
    public Listener? Socket { get; private set; }

    /// <summary>True while connections that it accepted are open, which may be longer than it listens.</summary>
    public bool IsActive => _series.Values.Any(series => TcpStatistics.Sum(series).Active > 0);

    /// <summary>The options in force for connections that follow.</summary>
    public TcpPlan Plan { get => _plan; set => _plan = value; }

    /// <summary>Takes what accepts its connections from now on.</summary>
    public void Open(Listener socket)
    {
        Socket = socket;
        Address = socket.Local;
    }

    /// <summary>Gives up what accepts its connections: null when nothing does.</summary>
    public Listener? TakeSocket()
    {
        Listener? socket = Socket;
        Socket = null;
        return socket;
    }

    /// <summary>What each loop counts of connections to a service; the name is empty while none is known.</summary>
    public TcpCounters[] SeriesOf(string service)
        => _series.GetOrAdd(service, _ => [.. Enumerable.Range(0, _loops).Select(_ => new TcpCounters())]);

    /// <summary>What was counted, by service.</summary>
    public IEnumerable<TcpReading> Read()
        => _series.OrderBy(one => one.Key, StringComparer.Ordinal).Select(one => new TcpReading(Address, one.Key, TcpStatistics.Sum(one.Value)));
}

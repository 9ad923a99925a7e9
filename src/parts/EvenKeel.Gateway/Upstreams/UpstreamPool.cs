using System.Text;
using EvenKeel.Gateway.Endpoints;
using EvenKeel.Gateway.Loops;
using EvenKeel.Gateway.Statistics;
using EvenKeel.Transport.Connections;
using EvenKeel.Transport.Tls;

namespace EvenKeel.Gateway.Upstreams;

/// <summary>
/// One loop's connections to one endpoint. The one that became idle last is taken first, so that as few as possible stay warm and the rest
/// times out.
/// </summary>
internal sealed class UpstreamPool(GatewayLoop loop, EndpointState endpoint)
{
    /// <summary>The most idle connections that one loop keeps to one endpoint.</summary>
    public const int MaxIdle = 256;

    private readonly List<UpstreamConnection> _idle = [];
    private readonly HashSet<UpstreamConnection> _all = [];
    private TlsResumption? _resumption;
    private long _usedAt;

    /// <summary>The endpoint.</summary>
    public EndpointState Endpoint => endpoint;

    /// <summary>What this loop counts of the endpoint.</summary>
    public SeriesMeter Meter { get; } = loop.MeterOf(endpoint);

    /// <summary>The endpoint's name, as it stands in X-EvenKeel-Instance.</summary>
    public ReadOnlyMemory<byte> Name => endpoint.NameBytes;

    /// <summary>The endpoint's address, as Host for a request that names none.</summary>
    public ReadOnlyMemory<byte> Host { get; } = Encoding.ASCII.GetBytes(endpoint.Address.ToString());

    /// <summary>What connects with TLS, or null for plain connections.</summary>
    public TlsClient? Tls { get; private set; }

    /// <summary>Why TLS failed the last time; null once it succeeded.</summary>
    public string? TlsFailure { get; set; }

    /// <summary>Takes what connections are made with from now on; those that were made otherwise are not used again.</summary>
    public void Use(TlsClient? tls)
    {
        if (tls != Tls)
        {
            Tls = tls;
            _resumption?.Dispose();
            _resumption = tls is null ? null : new TlsResumption();
            DropIdleSince(long.MaxValue);
        }
    }

    /// <summary>True when no connection is left, and no session of TLS that is worth to be kept.</summary>
    public bool IsUnusedSince(long time) => _all.Count == 0 && (_resumption is null || _usedAt <= time || endpoint.Removed.IsCompleted);

    /// <summary>An idle connection that is still open, or null.</summary>
    public UpstreamConnection? TryTake()
    {
        while (_idle.Count > 0)
        {
            var last = _idle[^1];
            _idle.RemoveAt(_idle.Count - 1);
            if (last.IsOpen)
            {
                return last;
            }
        }

        return null;
    }

    /// <summary>Begins a new connection.</summary>
    /// <param name="preamble">A PROXY header, or nothing: what leaves first, in front of TLS too.</param>
    public UpstreamConnection Connect(ReadOnlySpan<byte> preamble)
    {
        var upstream = new UpstreamConnection(this, Tls);
        _all.Add(upstream);
        loop.Counters.Upstreams++;
        loop.Counters.Connects++;
        _usedAt = loop.Events.Timestamp;
        if (Tls is null)
        {
            Connection plain = loop.Events.Connect(endpoint.Address, upstream);
            plain.Send(preamble);
            upstream.Attach(plain);
        }
        else
        {
            upstream.Attach(Tls.Connect(loop.Events, endpoint.Address, upstream, _resumption, preamble));
        }

        return upstream;
    }

    /// <summary>Keeps an idle connection, or ends it when there are enough, it was made otherwise than those of now, or the gateway ends.</summary>
    public void Add(UpstreamConnection upstream)
    {
        if (_idle.Count >= MaxIdle || upstream.Tls != Tls || loop.IsEnding)
        {
            upstream.Drop();
            return;
        }

        upstream.IdleSince = loop.Events.Timestamp;
        _idle.Add(upstream);
    }

    /// <summary>Removes a connection that must not be taken again.</summary>
    public void Remove(UpstreamConnection upstream) => _idle.Remove(upstream);

    /// <summary>The connection is over.</summary>
    public void Forget(UpstreamConnection upstream)
    {
        if (_all.Remove(upstream))
        {
            loop.Counters.Upstreams--;
        }
    }

    /// <summary>Ends the connections that are idle since before a time. They stand in the order in which they became idle.</summary>
    public void DropIdleSince(long time)
    {
        var count = 0;
        while (count < _idle.Count && _idle[count].IdleSince <= time)
        {
            _idle[count++].Drop();
        }

        _idle.RemoveRange(0, count);
    }

    /// <summary>Forgets the session of TLS. The pool is not used any more.</summary>
    public void Forget() => _resumption?.Dispose();

    /// <summary>Ends all connections, the lent ones too.</summary>
    public void DropAll()
    {
        Forget();
        _idle.Clear();
        foreach (var upstream in _all)
        {
            upstream.Drop();
        }
    }
}

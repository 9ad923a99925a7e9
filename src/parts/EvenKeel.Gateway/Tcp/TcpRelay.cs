using EvenKeel.Gateway.Endpoints;
using EvenKeel.Transport.Connections;

namespace EvenKeel.Gateway.Tcp;

/// <summary>
/// One client's connection and the one to an endpoint: 1. read the PROXY header, 2. read the server name, where the listener asks for them;
/// 3. choose an endpoint and connect, and choose another when that fails; 4. have the transport pass bytes both ways; 5. end. The end of one direction
/// is passed on as such, and a reset as a reset: neither side takes a stream that broke off for one that is complete.
/// </summary>
internal sealed partial class TcpRelay
{
    private readonly TcpLoop _loop;
    private readonly TcpPlan _plan;
    private readonly long _started;
    private RelaySide? _upstream;
    private RelayPhase _phase;
    private TcpOutcome _outcome;

    /// <summary>Makes a relay for an accepted connection.</summary>
    public TcpRelay(TcpLoop loop, TcpPlan plan, Connection client)
    {
        _loop = loop;
        _plan = plan;
        _started = loop.Events.Timestamp;
        Client = new RelaySide(this).Attach(client);
        _source = client.Remote;
    }

    /// <summary>The client's side.</summary>
    public RelaySide Client { get; }

    /// <summary>Where it stands in the loop's list. Written by the loop only.</summary>
    public int Position { get; set; }

    /// <summary>A side is open: the client's, or an endpoint's.</summary>
    public void OnOpened(RelaySide side)
    {
        if (side == Client)
        {
            _loop.Add(this);
            CountIn(_plan.Unrouted);
            BeginFront();
        }
        else if (side == _upstream)
        {
            BeginRelaying();
        }
    }

    /// <summary>Bytes of a side that are not passed on: before there is an endpoint, and after one side is over.</summary>
    /// <returns>How many were taken.</returns>
    public int OnReceived(ReadOnlySpan<byte> bytes) => _phase switch
    {
        RelayPhase.Header or RelayPhase.Hello => ReadFront(bytes),
        RelayPhase.Connecting => 0,
        _ => bytes.Length,
    };

    /// <summary>A side has sent its end.</summary>
    public void OnEnded(RelaySide side)
    {
        if (_phase == RelayPhase.Relaying)
        {
            Other(side).Connection.ShutdownSend();
        }
        else if (_phase is RelayPhase.Header or RelayPhase.Hello)
        {
            End(TcpOutcome.ClientAborted);
        }
    }

    /// <summary>A side is over.</summary>
    public void OnClosed(RelaySide side, CloseReason reason)
    {
        // 1. An endpoint that did not take the connection, or one that was given up before.
        if (side != Client && side != _upstream)
        {
            return;
        }

        if (_phase == RelayPhase.Connecting)
        {
            CloseConnecting(side, reason);
        }
        else if (_phase == RelayPhase.Relaying && reason != CloseReason.Closed)
        {
            Break(side);
        }

        // 2. The last of both.
        if (side == _upstream)
        {
            ReleaseEndpoint(EndpointOutcome.Neutral);
        }

        if (Client.IsOver && _upstream is not { IsOver: false })
        {
            Finish();
        }
    }

    /// <summary>Resets what is left.</summary>
    public void End(TcpOutcome outcome)
    {
        if (_phase != RelayPhase.Over)
        {
            // A relay that lingers has its outcome already.
            _outcome = _phase == RelayPhase.Lingering ? _outcome : outcome;
            _phase = RelayPhase.Over;
            Client.Connection.Abort();
            _upstream?.Connection.Abort();
        }
    }

    // A side that had ended before it was reset has said everything: the other one still gets all of that.
    private void Break(RelaySide side)
    {
        RelaySide other = Other(side);
        TcpOutcome outcome = side == Client ? TcpOutcome.ClientAborted : TcpOutcome.Truncated;
        if (!side.HasEnded || other.IsOver)
        {
            End(outcome);
            return;
        }

        _outcome = outcome;
        Linger(other);
    }

    /// <summary>Brings the loop's counters up to date. A relay may last for days: it is not done at its end only.</summary>
    public void Count()
    {
        _loop.Counters.ClientBytes += Client.Received - Client.Counted;
        Client.Counted = Client.Received;
        if (_upstream is not null)
        {
            _loop.Counters.EndpointBytes += _upstream.Received - _upstream.Counted;
            _upstream.Counted = _upstream.Received;
        }
    }

    private void Finish()
    {
        _phase = RelayPhase.Over;
        Count();
        ReleaseEndpoint(EndpointOutcome.Neutral);
        _loop.Counters.Add(_outcome);
        CountOut();
        _loop.Observer?.OnRelay(new TcpRecord
        {
            Outcome = _outcome,
            Client = _source,
            Service = _target?.Service,
            Endpoint = _attempts > 0 ? _tried![_attempts - 1]!.Name : null,
            Attempts = _attempts,
            ClientBytes = Client.Received,
            EndpointBytes = _upstream?.Received ?? 0,
            Started = _started,
            Ended = _loop.Events.Timestamp,
        });
        _loop.Remove(this);
    }

    private RelaySide Other(RelaySide side) => side == Client ? _upstream! : Client;
}

using EvenKeel.Gateway.Endpoints;
using EvenKeel.Gateway.Problems;
using EvenKeel.Gateway.Upstreams;
using EvenKeel.Http.Heads;
using EvenKeel.Transport.Connections;

namespace EvenKeel.Gateway.Exchanges;

// The endpoint's side: choosing, sending, retrying, relaying the response.
internal sealed partial class Exchange
{
    private const int MaxAttempts = 8;

    private readonly EndpointState?[] _tried = new EndpointState?[MaxAttempts];
    private EndpointChoice _choice;
    private UpstreamPool? _pool;
    private UpstreamConnection? _upstream;
    private int _attempts;
    private long _acceptedBefore;

    /// <summary>The endpoint has accepted the connection.</summary>
    public void OnUpstreamOpened()
    {
        _connected = loop.Events.Timestamp;
        _pool!.TlsFailure = null;
        ArmForRequest();
        if (!_request.IsComplete && !_upstreamBacklogged)
        {
            Client.Resume();
        }
    }

    /// <summary>Bytes of the response, or of the tunnel.</summary>
    public int OnUpstreamReceived(ReceivedBytes bytes)
    {
        if (_isTunnel)
        {
            return TunnelToClient(bytes, 0);
        }

        if (!_response.HasBegun)
        {
            _firstByte = loop.Events.Timestamp;
            _request.Release();
        }

        switch (_response.Relay(bytes, this, out var consumed))
        {
            case RelayOutcome.Complete:
                Complete(reuse: consumed == bytes.Data.Length);
                return bytes.Data.Length;
            case RelayOutcome.Switched:
                return TunnelToClient(bytes, consumed);
            case RelayOutcome.HeadInvalid:
                Fail(new Problem(ProblemCode.ResponseInvalid, _response.Fault), EndpointOutcome.Failed);
                return bytes.Data.Length;
            case RelayOutcome.BodyInvalid:
                Truncate(EndpointOutcome.Failed);
                return bytes.Data.Length;
            default:
                NoteRelayed();
                return consumed;
        }
    }

    /// <summary>The endpoint has ended its side: the end of a body that lasts until then, else a failure.</summary>
    public void OnUpstreamEnded()
    {
        if (_isTunnel)
        {
            Client.ShutdownSend();
        }
        else if (_response.End())
        {
            Complete(reuse: false);
        }
        else
        {
            Lose(UpstreamFailure.ConnectionLost);
        }
    }

    /// <summary>The connection to the endpoint is over. It is not closed any more, and never comes back to the pool.</summary>
    public void OnUpstreamClosed(CloseReason reason)
    {
        if (_isTunnel)
        {
            EndTunnel(reason == CloseReason.Closed);
            return;
        }

        Lose(reason switch
        {
            CloseReason.ConnectRefused or CloseReason.ConnectFailed => UpstreamFailure.ConnectFailed,
            CloseReason.NoDescriptor => UpstreamFailure.NoDescriptor,
            CloseReason.HandshakeFailed => UpstreamFailure.TlsFailed,
            _ => UpstreamFailure.ConnectionLost,
        });
    }

    /// <summary>The endpoint has taken what was queued for it.</summary>
    public void OnUpstreamDrained()
    {
        _upstreamBacklogged = false;
        if (_isTunnel || !_request.IsComplete)
        {
            Client.Resume();
        }
    }

    private void Attempt(Problem otherwise)
    {
        var context = new ChooseContext { Tried = _tried.AsSpan(0, _attempts), Affinity = Affinity, Key = _key, Order = _order };
        if (_attempts == MaxAttempts || !_route!.Chooser.TryChoose(in context, out _choice))
        {
            if (!WaitsForEndpoint())
            {
                Fail(_attempts == 0 && _route!.Chooser.Refuses(in context) ? new Problem(ProblemCode.InstanceGone) : otherwise);
            }

            return;
        }

        var endpoint = _choice.Endpoint;
        _attempted = loop.Events.Timestamp;
        _connected = 0;
        BindClient();
        _tried[_attempts++] = endpoint;
        _pool = loop.PoolOf(endpoint);
        _pool.Use(_route.Tls);
        if (_route.Header is null && _pool.TryTake() is { } pooled)
        {
            loop.Counters.Reused++;
            Dispatch(pooled);
        }
        else
        {
            Dispatch(Connect());
        }
    }

    private void Dispatch(UpstreamConnection upstream)
    {
        _upstream = upstream;
        _upstreamBacklogged = false;
        upstream.Lend(this);
        _acceptedBefore = upstream.AcceptedBytes;
        NoteSent(_request.SendKept(upstream));
        if (upstream.IsOpen)
        {
            _connected = loop.Events.Timestamp;
            ArmForRequest();
        }
        else
        {
            _connected = 0;
            Arm(Waiting.ForConnect, Snapshot.ConnectTicks);
        }

        if (!_request.IsComplete && upstream.IsOpen && !_upstreamBacklogged)
        {
            Client.Resume();
        }
    }

    // Closed means that the endpoint takes no more of the request. It may have answered already: what it sent, or its end, follows.
    private void NoteSent(SendResult result)
    {
        if (result != SendResult.Taken)
        {
            _upstreamBacklogged = true;
            Client.Pause();
        }
    }

    private void NoteRelayed()
    {
        if (_response.HasHead)
        {
            ArmIdle();
        }

        if (Client.IsBacklogged && !_upstreamPaused)
        {
            _upstreamPaused = true;
            _upstream!.Pause();
        }
    }

    private void Complete(bool reuse)
    {
        loop.Counters.Completed++;
        var outcome = _choice.Endpoint.OutcomeOf(_response.Status);
        var mayReuse = reuse && _response.KeepsUpstream && _route!.Header is null;
        var fate = !_request.IsComplete ? AfterUpstream.Reset : mayReuse ? AfterUpstream.Return : AfterUpstream.Close;
        ReleaseEndpoint(outcome, fate);
        End(_response.KeepsClient ? AfterExchange.KeepAlive : _request.IsComplete ? AfterExchange.Close : AfterExchange.Linger);
    }

    private void Lose(UpstreamFailure failure)
    {
        var code = failure switch
        {
            UpstreamFailure.ConnectFailed or UpstreamFailure.NoDescriptor => ProblemCode.ConnectFailed,
            UpstreamFailure.ConnectTimeout => ProblemCode.ConnectTimeout,
            UpstreamFailure.TlsFailed => ProblemCode.TlsFailed,
            _ => ProblemCode.ConnectionLost,
        };
        var outcome = failure == UpstreamFailure.NoDescriptor ? EndpointOutcome.Neutral : EndpointOutcome.Failed;
        var problem = new Problem(code) { Reason = _upstream!.TlsFailure };
        if (failure == UpstreamFailure.TlsFailed)
        {
            loop.NoteTlsFailure(_pool!, problem.Reason ?? "no reason was given");
        }

        if (_response.HasBegun)
        {
            Fail(problem, outcome);
            return;
        }

        var facts = new RetryFacts(
            Idempotent: Method.IsIdempotent(),
            NothingAccepted: _upstream.AcceptedBytes == _acceptedBefore,
            Replayable: _request.IsReplayable,
            Reused: _upstream.IsReused,
            RetriesLeft: _route!.Options.Retries - (_attempts - 1));
        switch (facts.Decide())
        {
            case RetryDecision.FreshConnection:
                loop.Counters.Stale++;
                _upstream.Drop();
                Dispatch(Connect());
                break;
            case RetryDecision.OtherEndpoint when !Service.Guard.TryRetry():
                loop.Counters.RetriesRefused++;
                Fail(problem, outcome);
                break;
            case RetryDecision.OtherEndpoint:
                ReleaseEndpoint(outcome, AfterUpstream.Reset);
                loop.Counters.Retries++;
                Attempt(problem);
                break;
            default:
                Fail(problem, facts.Reused ? EndpointOutcome.Neutral : outcome);
                break;
        }
    }

    private void ReleaseEndpoint(EndpointOutcome outcome, AfterUpstream after)
    {
        if (_upstream is not { } upstream)
        {
            return;
        }

        _upstream = null;
        _lastOutcome = outcome;
        _choice.End(outcome, Snapshot.TimeOf((_firstByte != 0 ? _firstByte : loop.Events.Timestamp) - _attempted));
        Service.Bulkhead.Freed();
        switch (after)
        {
            case AfterUpstream.Return:
                upstream.Return();
                break;
            case AfterUpstream.Close:
                upstream.Close();
                break;
            default:
                upstream.Drop();
                break;
        }
    }
}

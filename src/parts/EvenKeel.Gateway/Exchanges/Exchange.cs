using EvenKeel.Gateway.AccessLogs;
using EvenKeel.Gateway.Clients;
using EvenKeel.Gateway.Endpoints;
using EvenKeel.Gateway.Loops;
using EvenKeel.Gateway.Problems;
using EvenKeel.Gateway.Routing;
using EvenKeel.Gateway.Snapshots;
using EvenKeel.Http.Faults;
using EvenKeel.Http.Heads;
using EvenKeel.Transport.Connections;

namespace EvenKeel.Gateway.Exchanges;

/// <summary>
/// One request and its response: 1. route, and admit; 2. choose an endpoint, connect or take a pooled connection; 3. send head and body; 4. relay the
/// response; 5. end, and hand both connections on. Until the response's first byte a failed endpoint leads back to 2. Reused from request
/// to request; callbacks never nest, so that each of its methods sees a settled state.
/// </summary>
internal sealed partial class Exchange(GatewayLoop loop)
{
    private readonly RequestRelay _request = new();
    private readonly ResponseRelay _response = new();
    private readonly byte[] _extraFields = new byte[512];
    private int _extraLength;
    private ClientConnection? _client;
    private GatewaySnapshot? _snapshot;
    private Route? _route;
    private bool _keepAlive;
    private bool _upstreamBacklogged;
    private bool _upstreamPaused;
    private bool _isTunnel;
    private int _status;
    private ProblemCode? _problem;
    private long _started;
    private long _attempted;
    private long _connected;
    private long _firstByte;

    /// <summary>The client.</summary>
    public ClientConnection Client => _client!;

    /// <summary>The options that this request began with.</summary>
    public GatewaySnapshot Snapshot => _snapshot!;

    /// <summary>The request's method.</summary>
    public KnownMethod Method { get; private set; }

    /// <summary>True when the client speaks HTTP/1.0.</summary>
    public bool IsHttp10 { get; private set; }

    /// <summary>True when the client offers to go on with another protocol.</summary>
    public bool AsksForTunnel { get; private set; }

    /// <summary>Room to write a head.</summary>
    public Span<byte> Scratch => loop.Scratch;

    /// <summary>The name of the endpoint that answers.</summary>
    public ReadOnlySpan<byte> InstanceName => _pool!.Name.Span;

    /// <summary>Field lines to add to the response.</summary>
    public ReadOnlySpan<byte> ExtraFields => _extraFields.AsSpan(0, _extraLength);

    /// <summary>True when the client's connection may carry another request, as far as the request decides that.</summary>
    public bool MayKeepClient => _keepAlive && _request.IsComplete && !Client.HasEnded && !loop.IsDraining;

    /// <summary>True when the whole request is here.</summary>
    public bool IsRequestComplete => _request.IsComplete;

    /// <summary>Begins with a request whose head is complete.</summary>
    /// <returns>How many bytes were taken: the head, and what there is of the body.</returns>
    public int Begin(ClientConnection client, RequestHead head, ReceivedBytes bytes)
    {
        loop.Counters.Requests++;
        loop.Counters.Active++;
        _client = client;
        _snapshot = loop.Snapshot;
        _started = loop.Events.Timestamp;
        _attempted = _connected = 0;
        Method = head.Method;
        IsHttp10 = head.IsHttp10;
        _keepAlive = head.KeepsAlive;

        // 1. All that is needed of the head: the body's bytes may move over it.
        var headBytes = bytes.Data[..head.Length];
        NoteTrace(head, headBytes);
        NoteRequest(head, headBytes);
        AsksForTunnel = head.AsksForUpgrade && UpgradeOffer.MayPass(head, headBytes);
        var fault = _request.Expect(head, Snapshot.Options.Limits.Body, Snapshot.Options.RetryBuffer);
        fault = fault == HttpFault.None ? Select(head, headBytes, StateOfBody(head)) : fault;
        if (_held.IsHolding)
        {
            Client.Send(head.ExpectsContinue ? "HTTP/1.1 100 Continue\r\n\r\n"u8 : default);
            return head.Length + Hold(bytes.Data[head.Length..]);
        }

        // 2. What there is of the body, so that most requests leave in one piece.
        var consumed = head.Length;
        if (fault == HttpFault.None && consumed < bytes.Data.Length && !_request.IsComplete)
        {
            consumed += _request.Take(bytes.From(0, bytes.Headroom), bytes.Headroom + consumed, null, out _);
            fault = _request.Fault;
        }

        Proceed(fault);
        return consumed;
    }

    /// <summary>More bytes of the client: of the body, or of the tunnel. What belongs to the next request is left.</summary>
    public int OnClientReceived(ReceivedBytes bytes)
    {
        if (_isTunnel)
        {
            return TunnelToUpstream(bytes);
        }

        if (_held.IsHolding)
        {
            return Hold(bytes.Data);
        }

        if (_request.IsComplete || _upstream is null)
        {
            return 0;
        }

        var taken = _request.Take(bytes.From(0, bytes.Headroom), bytes.Headroom, _upstream, out var result);
        if (_request.Fault != HttpFault.None)
        {
            Fail(Problem.OfRequest(_request.Fault));
            return bytes.Data.Length;
        }

        NoteSent(result);
        if (taken > 0 && !_response.HasHead)
        {
            ArmForRequest();
        }

        return taken;
    }

    /// <summary>The client has ended its side: after a whole request that is its right.</summary>
    public void OnClientEnded()
    {
        if (_isTunnel)
        {
            _upstream!.ShutdownSend();
        }
        else if (!_request.IsComplete)
        {
            LeaveWithoutClient();
            End(AfterExchange.Abort);
        }
    }

    /// <summary>The client has taken what was queued for it.</summary>
    public void OnClientDrained()
    {
        if (_upstreamPaused)
        {
            _upstreamPaused = false;
            _upstream?.Resume();
        }
    }

    /// <summary>The client is gone; there is nobody left to answer.</summary>
    public void OnClientClosed()
    {
        if (_isTunnel)
        {
            EndTunnel(clean: true);
            return;
        }

        LeaveWithoutClient();
        End(AfterExchange.Abort);
    }

    /// <summary>Answers with a problem of the gateway's own, or breaks off when the response's head is out already.</summary>
    private void Fail(Problem problem, EndpointOutcome outcome = EndpointOutcome.Neutral)
    {
        if (_response.HasHead)
        {
            Truncate(outcome);
            return;
        }

        ReleaseEndpoint(outcome, AfterUpstream.Reset);
        loop.Counters.Add(problem.Code);
        _problem = problem.Code;
        _status = problem.Status;
        var keep = MayKeepClient;
        var length = ProblemWriter.Write(
            problem, _route is null ? default : _route.Service.Span, _pool is null ? default : _pool.Name.Span, _attempts, _trace,
            Method == KnownMethod.Head, !keep, Scratch);
        Client.Send(Scratch[..length]);
        End(keep ? AfterExchange.KeepAlive : _request.IsComplete ? AfterExchange.Close : AfterExchange.Linger);
    }

    private void Truncate(EndpointOutcome outcome)
    {
        loop.Counters.Truncated++;
        _termination = Termination.Truncated;
        ReleaseEndpoint(outcome, AfterUpstream.Reset);
        End(AfterExchange.Abort);
    }

    private void LeaveWithoutClient()
    {
        loop.Counters.ClientAborts++;
        _termination = loop.IsEnding ? Termination.Shutdown : Termination.ClientAbort;
        ReleaseEndpoint(EndpointOutcome.Neutral, AfterUpstream.Reset);
    }

    private void Count()
    {
        var now = loop.Events.Timestamp;
        var status = _status != 0 ? _status : _response.Status;
        (_route?.Meters[loop.Events.Index] ?? loop.Unrouted).Add(status, now - _started, _request.Received, _response.Received);
        _pool?.Meter.Add(status, now - _attempted, _request.Received, _response.Received);
    }

    private void End(AfterExchange after)
    {
        loop.Counters.Active--;
        Count();
        EndAdmission();
        LogAccess();
        loop.Observer?.OnExchange(new ExchangeRecord
        {
            Service = _route?.Options.Service,
            Endpoint = _pool?.Endpoint.Name,
            Method = Method,
            Status = _status != 0 ? _status : _response.Status,
            Problem = _problem,
            Attempts = _attempts,
            IsComplete = after != AfterExchange.Abort,
            RequestBytes = _request.Received,
            ResponseBytes = _response.Received,
            Started = _started,
            FirstByte = _firstByte,
            Ended = loop.Events.Timestamp,
        });

        var client = Client;
        _client = null;
        _snapshot = null;
        _route = null;
        _rule = null;
        _held.End();
        _pool = null;
        _deadline = 0;
        _attempts = 0;
        _extraLength = 0;
        _affinityLength = 0;
        _key = null;
        _order = null;
        _status = 0;
        _firstByte = 0;
        _problem = null;
        _termination = Termination.Ok;
        _isTunnel = _upstreamBacklogged = _upstreamPaused = false;
        Array.Clear(_tried);
        _request.Release();
        _response.Reset();
        loop.Return(this);
        client.OnExchangeEnded(after);
    }
}

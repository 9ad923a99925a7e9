using EvenKeel.Gateway.Clients;
using EvenKeel.Http.Bodies;
using EvenKeel.Http.Faults;
using EvenKeel.Http.Forwarding;
using EvenKeel.Http.Heads;
using EvenKeel.Transport.Connections;

namespace EvenKeel.Gateway.Exchanges;

/// <summary>Carries one response, with the interim ones before it, from an endpoint to the client.</summary>
internal sealed class ResponseRelay
{
    /// <summary>The most interim responses before the final one.</summary>
    public const int MaxInterims = 32;

    private readonly ResponseHead _head = new();
    private readonly BodyTransfer _body = new();
    private int _interims;

    /// <summary>True once the first byte of a response has arrived.</summary>
    public bool HasBegun { get; private set; }

    /// <summary>True once the head of the final response was relayed.</summary>
    public bool HasHead { get; private set; }

    /// <summary>The status of the final response; 0 before <see cref="HasHead"/>.</summary>
    public int Status => HasHead ? _head.Status : 0;

    /// <summary>True when the client's connection lives on after this response.</summary>
    public bool KeepsClient { get; private set; }

    /// <summary>True when the endpoint's connection lives on after this response.</summary>
    public bool KeepsUpstream => _head.KeepsAlive && _body.Kind != BodyKind.UntilClose;

    /// <summary>What is wrong with the response, or none.</summary>
    public HttpFault Fault { get; private set; }

    /// <summary>Bytes of content so far.</summary>
    public long Received => HasHead ? _body.Received : 0;

    /// <summary>Forgets the response, for the next one.</summary>
    public void Reset()
    {
        _head.Reset();
        _interims = 0;
        HasBegun = false;
        HasHead = false;
        KeepsClient = false;
        Fault = HttpFault.None;
    }

    /// <summary>Relays what has arrived.</summary>
    public RelayOutcome Relay(ReceivedBytes bytes, Exchange exchange, out int consumed)
    {
        HasBegun = true;
        consumed = 0;
        while (!HasHead)
        {
            var outcome = RelayHead(bytes, exchange, ref consumed);
            if (outcome != RelayOutcome.NeedMore || (!HasHead && _head.Length == 0))
            {
                return outcome;
            }
        }

        return consumed < bytes.Data.Length && !_body.IsComplete ? RelayBody(bytes, exchange.Client, ref consumed) : Outcome();
    }

    /// <summary>The endpoint ended its side. True when that completes the response.</summary>
    public bool End() => HasHead && _body.End();

    // 1. Parse. 2. Relay an interim response and go on. 3. Write the final head, then what there is of the body, and send both at once.
    private RelayOutcome RelayHead(ReceivedBytes bytes, Exchange exchange, ref int consumed)
    {
        if (_head.Length > 0)
        {
            _head.Reset();
        }

        var head = bytes.Data[consumed..];
        switch (_head.Parse(head, exchange.Snapshot.Head))
        {
            case HeadStatus.Incomplete:
                return RelayOutcome.NeedMore;
            case HeadStatus.Invalid:
                return Refuse(_head.Fault);
        }

        head = head[.._head.Length];
        if (_head.IsInterim)
        {
            consumed += _head.Length;
            return RelayInterim(head, exchange);
        }

        return _head.Status == 101 ? RelaySwitch(head, exchange, ref consumed) : RelayFinal(bytes, head, exchange, ref consumed);
    }

    private RelayOutcome RelayInterim(ReadOnlySpan<byte> head, Exchange exchange)
    {
        if (++_interims > MaxInterims)
        {
            return Refuse(HttpFault.StatusInvalid);
        }

        // HTTP/1.0 has no interim responses (RFC 9110 section 15.2).
        if (!exchange.IsHttp10)
        {
            var forwarded = new ForwardedResponse { Instance = default, Framing = BodyFraming.None };
            var written = ResponseSerializer.Write(_head, head, in forwarded, exchange.Scratch);
            exchange.Client.Send(exchange.Scratch[..Math.Max(written, 0)]);
        }

        return RelayOutcome.NeedMore;
    }

    private RelayOutcome RelaySwitch(ReadOnlySpan<byte> head, Exchange exchange, ref int consumed)
    {
        // Before the end of the request nobody could tell where it ends and the other protocol begins.
        if (!exchange.AsksForTunnel || !_head.HasUpgradeOption || !exchange.IsRequestComplete)
        {
            return Refuse(HttpFault.StatusInvalid);
        }

        consumed += _head.Length;
        HasHead = true;
        _body.Begin(BodyFraming.None, decode: false, 0);
        var forwarded = new ForwardedResponse
        {
            Instance = exchange.InstanceName,
            ExtraFields = exchange.ExtraFields,
            MoreFields = exchange.RouteFields,
            Dropped = exchange.DroppedFields,
            Framing = BodyFraming.None,
            KeepUpgrade = true,
        };
        var written = ResponseSerializer.Write(_head, head, in forwarded, exchange.Scratch);
        exchange.Client.Send(exchange.Scratch[..Math.Max(written, 0)]);
        return RelayOutcome.Switched;
    }

    private RelayOutcome RelayFinal(ReceivedBytes bytes, ReadOnlySpan<byte> head, Exchange exchange, ref int consumed)
    {
        var framing = _head.FramingFor(exchange.Method);
        var decode = framing.Kind == BodyKind.Chunked && exchange.IsHttp10;
        var onThisHop = decode ? BodyFraming.UntilClose : framing;
        KeepsClient = exchange.MayKeepClient && onThisHop.Kind != BodyKind.UntilClose;
        var forwarded = new ForwardedResponse
        {
            Instance = exchange.InstanceName,
            ExtraFields = exchange.ExtraFields,
            MoreFields = exchange.RouteFields,
            Dropped = exchange.DroppedFields,
            Framing = onThisHop,
            Close = !KeepsClient,
            KeepAlive = KeepsClient && exchange.IsHttp10,
        };
        var scratch = exchange.Scratch;
        var written = ResponseSerializer.Write(_head, head, in forwarded, scratch);
        if (written < 0)
        {
            return Refuse(HttpFault.HeadTooLarge);
        }

        HasHead = true;
        consumed += _head.Length;
        _body.Begin(framing, decode, long.MaxValue);
        if (consumed == bytes.Data.Length || _body.IsComplete)
        {
            TellEnd(exchange.Client);
            exchange.Client.Send(scratch[..written]);
            return Outcome();
        }

        return RelayBody(bytes, exchange.Client, ref consumed, scratch[..written]);
    }

    private RelayOutcome RelayBody(ReceivedBytes bytes, ClientConnection client, ref int consumed, ReadOnlySpan<byte> head = default)
    {
        var buffer = bytes.From(0, bytes.Headroom);
        var piece = _body.Process(buffer, bytes.Headroom + consumed);
        consumed += piece.Consumed;
        TellEnd(client);

        // The room in front of the body is free: the old head was parsed and written anew elsewhere.
        if (head.Length <= piece.OutputStart)
        {
            head.CopyTo(buffer[(piece.OutputStart - head.Length)..]);
            client.Send(buffer.Slice(piece.OutputStart - head.Length, head.Length + piece.OutputLength));
        }
        else
        {
            client.Send(head);
            client.Send(buffer.Slice(piece.OutputStart, piece.OutputLength));
        }

        if (_body.IsComplete && !_body.Tail.IsEmpty)
        {
            client.Send(_body.Tail);
        }

        return Outcome();
    }

    // Whoever relays closes the client's connection next. Of a body with a fault nothing should look whole.
    private void TellEnd(ClientConnection client)
    {
        if (_body.IsComplete && _body.Fault == HttpFault.None && !KeepsClient)
        {
            client.EndFollows();
        }
    }

    private RelayOutcome Outcome()
    {
        if (_body.Fault != HttpFault.None)
        {
            Fault = _body.Fault;
            return RelayOutcome.BodyInvalid;
        }

        return _body.IsComplete ? RelayOutcome.Complete : RelayOutcome.NeedMore;
    }

    private RelayOutcome Refuse(HttpFault fault)
    {
        Fault = fault;
        return RelayOutcome.HeadInvalid;
    }
}

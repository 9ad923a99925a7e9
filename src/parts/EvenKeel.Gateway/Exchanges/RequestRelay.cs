using EvenKeel.Gateway.Upstreams;
using EvenKeel.Http.Bodies;
using EvenKeel.Http.Faults;
using EvenKeel.Http.Forwarding;
using EvenKeel.Http.Heads;
using EvenKeel.Transport.Connections;

namespace EvenKeel.Gateway.Exchanges;

/// <summary>Carries one request from the client to an endpoint, and keeps what it sent for as long as it may have to be sent again.</summary>
internal sealed class RequestRelay
{
    private readonly BodyTransfer _body = new();
    private readonly RetryBuffer _kept = new();

    /// <summary>True when the request's last byte was taken.</summary>
    public bool IsComplete => _body.IsComplete;

    /// <summary>What is wrong with the body, or none.</summary>
    public HttpFault Fault => _body.Fault;

    /// <summary>True while the request can be sent again from its first byte.</summary>
    public bool IsReplayable => _kept.IsWhole;

    /// <summary>Bytes of content so far.</summary>
    public long Received => _body.Received;

    /// <summary>Begins a request: gets ready for its body.</summary>
    /// <param name="request">Its head.</param>
    /// <param name="bodyLimit">The most bytes of content.</param>
    /// <param name="keptLimit">The most bytes of content that are kept to be sent again.</param>
    public HttpFault Expect(RequestHead request, long bodyLimit, int keptLimit)
    {
        _kept.BodyLimit = keptLimit;
        _body.Begin(request.Framing, decode: false, bodyLimit);
        return _body.Fault;
    }

    /// <summary>Writes its head for the next hop.</summary>
    public HttpFault Write(RequestHead request, ReadOnlySpan<byte> head, in ForwardedRequest forwarded)
        => _kept.Begin(request, head, in forwarded) ? HttpFault.None : HttpFault.HeadTooLarge;

    /// <summary>Takes all of what was held of the body, before an endpoint is chosen.</summary>
    /// <param name="buffer">The bytes and the room in front of them.</param>
    /// <param name="start">Where the bytes start.</param>
    public void TakeAll(Span<byte> buffer, int start)
    {
        var piece = _body.Process(buffer, start);
        Forward(buffer.Slice(piece.OutputStart, piece.OutputLength), null, SendResult.Taken);
        if (_body.IsComplete)
        {
            Forward(_body.Tail, null, SendResult.Taken);
        }
    }

    /// <summary>
    /// Takes bytes of the body. Until the endpoint has accepted the connection only as many are taken as can be kept, so that the request
    /// can go elsewhere; after that as many as there are.
    /// </summary>
    /// <param name="buffer">The received bytes and the room in front of them.</param>
    /// <param name="start">Where the received bytes start.</param>
    /// <param name="upstream">Where they go, or null while that is not chosen.</param>
    /// <param name="result">What came of sending them.</param>
    /// <returns>How many bytes were taken.</returns>
    public int Take(Span<byte> buffer, int start, UpstreamConnection? upstream, out SendResult result)
    {
        result = SendResult.Taken;
        var available = buffer.Length - start;
        if (upstream is not { IsOpen: true })
        {
            available = Math.Min(available, _kept.BodyRoom - BodyTransfer.Room);
        }

        if (available <= 0)
        {
            return 0;
        }

        var piece = _body.Process(buffer[..(start + available)], start);
        result = Forward(buffer.Slice(piece.OutputStart, piece.OutputLength), upstream, result);
        if (_body.IsComplete)
        {
            result = Forward(_body.Tail, upstream, result);
        }

        return piece.Consumed;
    }

    /// <summary>Sends everything so far to an endpoint that was just chosen.</summary>
    public SendResult SendKept(UpstreamConnection upstream) => upstream.Send(_kept.Bytes);

    /// <summary>Gives up what was kept: the response has begun, or there is too much.</summary>
    public void Release() => _kept.Release();

    private SendResult Forward(ReadOnlySpan<byte> bytes, UpstreamConnection? upstream, SendResult before)
    {
        if (bytes.IsEmpty)
        {
            return before;
        }

        if (_kept.IsWhole)
        {
            if (upstream is { IsOpen: true } && bytes.Length > _kept.BodyRoom)
            {
                _kept.Release();
            }
            else
            {
                _kept.Append(bytes);
            }
        }

        var result = upstream?.Send(bytes) ?? SendResult.Taken;
        return result > before ? result : before;
    }
}

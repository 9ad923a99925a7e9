using EvenKeel.Gateway.Problems;
using EvenKeel.Gateway.Routing;
using EvenKeel.Http.Faults;
using EvenKeel.Http.Forwarding;
using EvenKeel.Http.Heads;

namespace EvenKeel.Gateway.Exchanges;

// Finding the route, and what it changes: the target, the host, the fields, or the whole answer.
internal sealed partial class Exchange
{
    private readonly HeldRequest _held = new();
    private RouteRule? _rule;
    private int _replyLength;

    /// <summary>What the route changes in the fields of the response, or null.</summary>
    public FieldNames? DroppedFields => _rule?.ResponseChanges?.Dropped;

    /// <summary>Whole field lines that the route adds to the response.</summary>
    public ReadOnlySpan<byte> RouteFields => _rule?.ResponseChanges is { } changes ? changes.Constant : default;

    /// <summary>
    /// 1. The path in normal form, or a fault. 2. The first route that matches; perhaps only the body can tell. 3. What the route does with the
    /// head: it is rendered here, for the body's bytes may move over it.
    /// </summary>
    private HttpFault Select(RequestHead head, ReadOnlySpan<byte> headBytes, BodyState bodyState, ReadOnlySpan<byte> body = default)
    {
        var fault = NormalPath.Read(head.Path(headBytes), loop.PathRoom, out var path, Snapshot.Options.KeepEncodedSlashes);
        if (fault != HttpFault.None)
        {
            return fault;
        }

        Span<byte> hostRoom = stackalloc byte[HostName.MaxLength];
        var request = new RouteRequest
        {
            Head = head,
            Bytes = headBytes,
            Path = path,
            Host = HostName.Read(head.Host(headBytes), hostRoom),
            Scheme = Client.Scheme,
            Client = Client.AddressBits,
            ClientText = Client.Address,
            BodyState = bodyState,
            Body = body,
        };
        _rule = Snapshot.Routes.Find(in request, out var awaitsBody);
        if (awaitsBody)
        {
            _rule = null;
            _held.Begin(headBytes, head.Framing, Snapshot.Options.Limits.Inspect);
            return HttpFault.None;
        }

        if (_rule?.Reply is { } reply)
        {
            scoped var writer = new ByteWriter(loop.RewriteRoom);
            fault = reply.WriteHead(in request, ref writer);
            _replyLength = writer.Length;
            return fault;
        }

        _route = _rule?.Choose(in request);
        if (_route is null)
        {
            return HttpFault.None;
        }

        NoteAffinity(head, headBytes);
        _key = _route.Key?.HashOf(in request);
        _order = _route.Regions?.OrderFor(request.Client);
        NoteRateKey(head, headBytes);
        return WriteForService(head, headBytes, in request);
    }

    private HttpFault WriteForService(RequestHead head, ReadOnlySpan<byte> headBytes, scoped in RouteRequest request)
    {
        var room = loop.RewriteRoom.AsSpan();
        var writer = new ByteWriter(room);
        var fault = HttpFault.None;
        if (_rule!.Rewrite is { ChangesTarget: true } rewrite && head.Form != TargetForm.Asterisk)
        {
            fault = rewrite.WriteTarget(in request, ref writer, room);
        }

        var targetEnd = writer.Length;
        if (fault == HttpFault.None && _rule.Rewrite is { ChangesHost: true } rehost)
        {
            fault = rehost.WriteHost(in request, ref writer, room);
        }

        var hostEnd = writer.Length;
        _rule.RequestChanges?.Write(in request, ref writer);
        var hasTrace = WriteTrace(ref writer);
        if (fault != HttpFault.None || writer.Overflowed)
        {
            return fault == HttpFault.None ? HttpFault.HeadTooLarge : fault;
        }

        var forwarded = new ForwardedRequest
        {
            ClientAddress = Client.Address,
            Scheme = request.Scheme,
            DefaultHost = head.Host(headBytes).IsEmpty ? Client.LocalAddress : default,
            KeepUpgrade = AsksForTunnel,
            Target = room[..targetEnd],
            Host = room[targetEnd..hostEnd],
            Dropped = _rule.RequestChanges?.Dropped,
            DropsTraceParent = hasTrace,
            DropsTraceState = hasTrace && !_continuesTrace,
            ExtraFields = room[hostEnd..writer.Length],
        };
        return _request.Write(head, headBytes, in forwarded);
    }

    /// <summary>The route is decided, or the request refused.</summary>
    private void Proceed(HttpFault fault)
    {
        if (fault != HttpFault.None)
        {
            Fail(Problem.OfRequest(fault));
        }
        else if (_rule is null)
        {
            Fail(new Problem(ProblemCode.NoRoute));
        }
        else if (_rule.Reply is { } reply)
        {
            Answer(reply);
        }
        else
        {
            Admit();
        }
    }

    private void Answer(Routing.Rewrites.RouteReply reply)
    {
        loop.Counters.Completed++;
        _status = reply.Status;
        var keep = MayKeepClient;
        var head = loop.RewriteRoom.AsSpan();
        var end = keep ? IsHttp10 ? "Connection: keep-alive\r\n\r\n"u8 : "\r\n"u8 : "Connection: close\r\n\r\n"u8;
        end.CopyTo(head[_replyLength..]);
        Client.Send(head[..(_replyLength + end.Length)]);
        Client.Send(Method == KnownMethod.Head ? default : reply.Body);
        End(keep ? AfterExchange.KeepAlive : _request.IsComplete ? AfterExchange.Close : AfterExchange.Linger);
    }

    /// <summary>More of a body that decides on the route.</summary>
    private int Hold(ReadOnlySpan<byte> bytes)
    {
        var taken = bytes.IsEmpty ? 0 : _held.Take(bytes);
        if (_held.Fault != HttpFault.None)
        {
            Fail(Problem.OfRequest(_held.Fault));
            return bytes.Length;
        }

        if (!_held.IsComplete && !_held.IsTooLarge)
        {
            ArmIdle();
            return taken;
        }

        // Decided now. What was held is sent on as if it had just arrived.
        var fault = _held.IsTooLarge
            ? Select(Client.Head, _held.Head, BodyState.None)
            : Select(Client.Head, _held.Head, BodyState.Here, _held.Content);
        if (fault == HttpFault.None)
        {
            _request.TakeAll(_held.Bytes, _held.BodyStart);
            fault = _request.Fault;
        }

        _held.End();
        Proceed(fault);
        return taken;
    }

    /// <summary>What is known of the body of a request whose head is here.</summary>
    private BodyState StateOfBody(RequestHead head) => head.IsChunked || (head.ContentLength > 0 && head.ContentLength <= Snapshot.Options.Limits.Inspect)
        ? BodyState.Awaited
        : BodyState.None;
}

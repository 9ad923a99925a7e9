using EvenKeel.Http.Fields;
using EvenKeel.Http.Heads;

namespace EvenKeel.Http.Forwarding;

/// <summary>
/// Writes a parsed request head for the next hop. Nothing is copied that was not validated, each line is written anew, and only what this
/// class writes frames the body.
/// </summary>
/// <remarks>
/// Dropped: the fields of this hop (Connection and what it names, Keep-Alive, Proxy-Connection, TE, Transfer-Encoding, Upgrade), Forwarded,
/// and the names that only the gateway may use. X-Forwarded-For is appended to, so that its last entry is what the gateway itself saw;
/// X-Forwarded-Proto and X-Forwarded-Host are replaced. Fields that forwarding relies on cannot be named away by Connection.
/// </remarks>
public static class RequestSerializer
{
    /// <summary>Writes the head.</summary>
    /// <param name="request">A complete head.</param>
    /// <param name="head">The bytes it was parsed from.</param>
    /// <param name="forwarded">What is added.</param>
    /// <param name="destination">Where to write.</param>
    /// <returns>The bytes written, or -1 when they do not fit.</returns>
    public static int Write(RequestHead request, ReadOnlySpan<byte> head, in ForwardedRequest forwarded, Span<byte> destination)
    {
        var writer = new ByteWriter(destination);

        // 1. The request line, always in origin-form or asterisk-form and always of HTTP/1.1.
        writer.Write(request.MethodName(head));
        if (forwarded.Target.IsEmpty)
        {
            writer.Write(request.NeedsSlash(head) ? " /"u8 : " "u8);
            writer.Write(request.Target(head));
        }
        else
        {
            writer.Write(" "u8);
            writer.Write(forwarded.Target);
        }

        writer.Write(" HTTP/1.1\r\n"u8);

        // 2. Host first (RFC 9110 section 7.2).
        var host = request.Host(head);
        host = host.IsEmpty ? forwarded.DefaultHost : host;
        writer.WriteField("Host"u8, forwarded.Host.IsEmpty ? host : forwarded.Host);

        // 3. The fields that go through, as their sender wrote them.
        var hasForwardedFor = WriteFields(request, head, in forwarded, ref writer);
        writer.Write(forwarded.ExtraFields);

        // 4. Who asked, and how.
        WriteForwardedFor(request, head, hasForwardedFor, forwarded.ClientAddress, ref writer);
        writer.WriteField("X-Forwarded-Proto"u8, forwarded.Scheme);
        writer.WriteField("X-Forwarded-Host"u8, host);

        // 5. The fields of the next hop.
        WriteHopFields(request, head, forwarded.KeepUpgrade, ref writer);
        writer.Write("\r\n"u8);
        return writer.Overflowed ? -1 : writer.Length;
    }

    private static bool WriteFields(RequestHead request, ReadOnlySpan<byte> head, in ForwardedRequest forwarded, ref ByteWriter writer)
    {
        var hasForwardedFor = false;
        foreach (ref readonly var line in request.Fields)
        {
            switch (line.Known)
            {
                case var _ when forwarded.Dropped?.Contains(line.Name(head)) == true:
                    break;
                case KnownField.Other:
                    if (!request.HasNominations || !ConnectionOptions.Nominated(head, request.Fields, line.Name(head)))
                    {
                        writer.WriteField(line.Name(head), line.Value(head));
                    }

                    break;
                case KnownField.XForwardedFor:
                    hasForwardedFor = true;
                    break;
                case KnownField.Expect when request.IsHttp10:
                case KnownField.Host or KnownField.XForwardedProto or KnownField.XForwardedHost or KnownField.Forwarded:
                case KnownField.TraceParent when forwarded.DropsTraceParent:
                case KnownField.TraceState when forwarded.DropsTraceState:
                case KnownField.Instance or KnownField.Error:
                    break;
                case var known when !KnownFields.IsHopByHop(known):
                    writer.WriteField(line.Name(head), line.Value(head));
                    break;
            }
        }

        return hasForwardedFor;
    }

    private static void WriteForwardedFor(
        RequestHead request, ReadOnlySpan<byte> head, bool hasForwardedFor, ReadOnlySpan<byte> address, ref ByteWriter writer)
    {
        writer.Write("X-Forwarded-For: "u8);
        if (hasForwardedFor)
        {
            foreach (ref readonly var line in request.Fields)
            {
                if (line is { Known: KnownField.XForwardedFor, ValueLength: > 0 })
                {
                    writer.Write(line.Value(head));
                    writer.Write(", "u8);
                }
            }
        }

        writer.Write(address);
        writer.Write("\r\n"u8);
    }

    private static void WriteHopFields(RequestHead request, ReadOnlySpan<byte> head, bool keepUpgrade, ref ByteWriter writer)
    {
        if (request.IsChunked)
        {
            writer.Write("Transfer-Encoding: chunked\r\n"u8);
        }

        if (request.TakesTrailers)
        {
            writer.Write("TE: trailers\r\n"u8);
        }

        if (!keepUpgrade)
        {
            writer.Write(request.TakesTrailers ? "Connection: TE\r\n"u8 : default);
            return;
        }

        writer.Write(request.TakesTrailers ? "Connection: TE, Upgrade\r\n"u8 : "Connection: Upgrade\r\n"u8);
        foreach (ref readonly var line in request.Fields)
        {
            if (line.Known == KnownField.Upgrade)
            {
                writer.WriteField("Upgrade"u8, line.Value(head));
            }
        }
    }
}

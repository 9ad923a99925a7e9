using EvenKeel.Http.Bodies;
using EvenKeel.Http.Fields;
using EvenKeel.Http.Heads;

namespace EvenKeel.Http.Forwarding;

/// <summary>Writes a parsed response head for the client, each line anew.</summary>
/// <remarks>
/// Dropped: the fields of the hop behind, and the names that only the gateway may use. Content-Length is dropped from 1xx and 204, which
/// must not have one (RFC 9110 section 8.6), and from every response whose body travels in chunks.
/// </remarks>
public static class ResponseSerializer
{
    /// <summary>Writes the head.</summary>
    /// <param name="response">A complete head.</param>
    /// <param name="head">The bytes it was parsed from.</param>
    /// <param name="forwarded">What is changed.</param>
    /// <param name="destination">Where to write.</param>
    /// <returns>The bytes written, or -1 when they do not fit.</returns>
    public static int Write(ResponseHead response, ReadOnlySpan<byte> head, in ForwardedResponse forwarded, Span<byte> destination)
    {
        var writer = new ByteWriter(destination);
        writer.Write("HTTP/1.1 "u8);
        writer.WriteNumber(response.Status);
        writer.Write(" "u8);
        writer.Write(response.Reason(head));
        writer.Write("\r\n"u8);

        WriteFields(response, head, in forwarded, ref writer);
        if (forwarded.Framing.Kind == BodyKind.Chunked)
        {
            writer.Write("Transfer-Encoding: chunked\r\n"u8);
        }

        if (!forwarded.Instance.IsEmpty)
        {
            writer.WriteField("X-EvenKeel-Instance"u8, forwarded.Instance);
        }

        writer.Write(forwarded.ExtraFields);
        writer.Write(forwarded.MoreFields);
        WriteConnection(response, head, in forwarded, ref writer);
        writer.Write("\r\n"u8);
        return writer.Overflowed ? -1 : writer.Length;
    }

    private static void WriteFields(ResponseHead response, ReadOnlySpan<byte> head, in ForwardedResponse forwarded, ref ByteWriter writer)
    {
        var keepLength = response.Status is >= 200 and not 204 && forwarded.Framing.Kind != BodyKind.Chunked;
        foreach (ref readonly var line in response.Fields)
        {
            var keep = line.Known switch
            {
                KnownField.Other => !response.HasNominations || !ConnectionOptions.Nominated(head, response.Fields, line.Name(head)),
                KnownField.ContentLength => keepLength,
                KnownField.Instance or KnownField.Error => false,
                KnownField.Trailer => forwarded.Framing.Kind == BodyKind.Chunked,
                _ => !KnownFields.IsHopByHop(line.Known),
            };
            if (keep && forwarded.Dropped?.Contains(line.Name(head)) != true)
            {
                writer.WriteField(line.Name(head), line.Value(head));
            }
        }
    }

    private static void WriteConnection(
        ResponseHead response, ReadOnlySpan<byte> head, in ForwardedResponse forwarded, ref ByteWriter writer)
    {
        if (forwarded.KeepUpgrade)
        {
            writer.Write("Connection: Upgrade\r\n"u8);
            foreach (ref readonly var line in response.Fields)
            {
                if (line.Known == KnownField.Upgrade)
                {
                    writer.WriteField("Upgrade"u8, line.Value(head));
                }
            }
        }
        else if (forwarded.Close)
        {
            writer.Write("Connection: close\r\n"u8);
        }
        else if (forwarded.KeepAlive)
        {
            writer.Write("Connection: keep-alive\r\n"u8);
        }
    }
}

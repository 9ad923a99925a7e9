using System.Text;
using EvenKeel.Http.Faults;
using EvenKeel.Http.Forwarding;
using EvenKeel.Http.Tracing;

namespace EvenKeel.Gateway.Problems;

/// <summary>Writes a problem as a whole response: application/problem+json (RFC 9457), with X-EvenKeel-Error so that a client need not parse it.</summary>
internal static class ProblemWriter
{
    private const int MaxReason = 200;

    /// <summary>Writes the response and returns its length. A destination of 4 KiB is always large enough for names of up to 100 bytes.</summary>
    /// <param name="problem">What to say.</param>
    /// <param name="service">The service that the request was for, or empty.</param>
    /// <param name="endpoint">The endpoint that was tried last, or empty.</param>
    /// <param name="attempts">How many endpoints were tried.</param>
    /// <param name="trace">The trace of the request; without one nothing is said of it.</param>
    /// <param name="head">True to leave the body out, as for HEAD.</param>
    /// <param name="close">True to announce the connection's end.</param>
    /// <param name="destination">Where to write.</param>
    public static int Write(
        Problem problem, ReadOnlySpan<byte> service, ReadOnlySpan<byte> endpoint, int attempts, TraceParent trace, bool head, bool close,
        Span<byte> destination)
    {
        Span<byte> body = stackalloc byte[2048];
        body = body[..WriteBody(problem, service, endpoint, attempts, trace, body)];

        var writer = new ByteWriter(destination);
        writer.Write("HTTP/1.1 "u8);
        writer.WriteNumber(problem.Status);
        writer.Write(" "u8);
        writer.Write(ProblemCodes.ReasonOf(problem.Status));
        writer.Write("\r\nContent-Type: application/problem+json\r\nCache-Control: no-store\r\nContent-Length: "u8);
        writer.WriteNumber(body.Length);
        writer.Write("\r\n"u8);
        writer.WriteField("X-EvenKeel-Error"u8, ProblemCodes.NameOf(problem.Code));
        if (!endpoint.IsEmpty)
        {
            writer.WriteField("X-EvenKeel-Instance"u8, endpoint);
        }

        if (problem.Status is 429 or 503)
        {
            writer.Write("Retry-After: "u8);
            writer.WriteNumber(problem.RetryAfter);
            writer.Write("\r\n"u8);
        }

        WriteQuota(problem, ref writer);

        writer.Write(close ? "Connection: close\r\n\r\n"u8 : "\r\n"u8);
        writer.Write(head ? default : body);
        return writer.Length;
    }

    // draft-ietf-httpapi-ratelimit-headers-10: q is the quota of w seconds, r what is left of it, t the seconds until there is more.
    private static void WriteQuota(Problem problem, ref ByteWriter writer)
    {
        if (problem.Quota > 0)
        {
            writer.Write("RateLimit-Policy: \"route\";q="u8);
            writer.WriteNumber(problem.Quota);
            writer.Write(";w="u8);
            writer.WriteNumber(problem.Window);
            writer.Write("\r\nRateLimit: \"route\";r=0;t="u8);
            writer.WriteNumber(problem.RetryAfter);
            writer.Write("\r\n"u8);
        }
    }

    private static int WriteBody(
        Problem problem, ReadOnlySpan<byte> service, ReadOnlySpan<byte> endpoint, int attempts, TraceParent trace, Span<byte> destination)
    {
        var writer = new ByteWriter(destination);
        writer.Write("{\"type\":\"urn:evenkeel:problem:"u8);
        writer.Write(ProblemCodes.NameOf(problem.Code));
        writer.Write("\",\"status\":"u8);
        writer.WriteNumber(problem.Status);
        WriteText(",\"title\":\""u8, ProblemCodes.ReasonOf(problem.Status), ref writer);
        WriteText(",\"detail\":\""u8, ProblemCodes.DetailOf(problem.Code), ref writer);
        WriteText(",\"culprit\":\""u8, ProblemCodes.CulpritOf(problem.Code), ref writer);
        WriteText(",\"stage\":\""u8, ProblemCodes.StageOf(problem.Code), ref writer);
        if (problem.Fault != HttpFault.None)
        {
            Span<byte> sentence = stackalloc byte[160];
            sentence = sentence[..Encoding.ASCII.GetBytes(HttpFaults.Describe(problem.Fault), sentence)];
            WriteText(",\"fault\":\""u8, sentence, ref writer);
        }

        if (problem.Reason is { } reason)
        {
            WriteReason(reason, ref writer);
        }

        WriteText(",\"service\":\""u8, service, ref writer);
        WriteText(",\"endpoint\":\""u8, endpoint, ref writer);
        if (attempts > 0)
        {
            writer.Write(",\"attempts\":"u8);
            writer.WriteNumber(attempts);
        }

        if (trace.TraceId != 0)
        {
            Span<byte> id = stackalloc byte[32];
            trace.WriteTraceId(id);
            WriteText(",\"trace_id\":\""u8, id, ref writer);
        }

        writer.Write("}"u8);
        return writer.Length;
    }

    // Words of OpenSSL and of the gateway: what they could hold of quotes and the like is left out rather than escaped.
    private static void WriteReason(string reason, ref ByteWriter writer)
    {
        Span<byte> text = stackalloc byte[MaxReason];
        var length = 0;
        foreach (var character in reason.AsSpan(0, Math.Min(reason.Length, MaxReason)))
        {
            if (character is >= ' ' and <= '~' and not ('"' or '\\'))
            {
                text[length++] = (byte)character;
            }
        }

        WriteText(",\"reason\":\""u8, text[..length], ref writer);
    }

    // The names of services and endpoints are checked to be letters, digits and dashes, and all other texts are constants: none needs escaping.
    private static void WriteText(scoped ReadOnlySpan<byte> name, scoped ReadOnlySpan<byte> value, ref ByteWriter writer)
    {
        if (!value.IsEmpty)
        {
            writer.Write(name);
            writer.Write(value);
            writer.Write("\""u8);
        }
    }
}

using System.Buffers;
using EvenKeel.Http.Faults;
using EvenKeel.Http.Fields;

namespace EvenKeel.Http.Heads;

/// <summary>A request target taken apart: positions relative to its first byte.</summary>
internal readonly record struct RequestTarget(TargetForm Form, Range Authority, Range PathAndQuery)
{
    // What browsers send unencoded is let through, although RFC 3986 would have some of it encoded.
    private static readonly SearchValues<byte> Allowed = SearchValues.Create(
        "!$%&'()*+,-./0123456789:;=?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~"u8);

    /// <summary>Reads a target for a method.</summary>
    public static HttpFault Read(ReadOnlySpan<byte> target, KnownMethod method, out RequestTarget result)
    {
        result = default;

        // 1. Characters.
        var bad = target.IndexOfAnyExcept(Allowed);
        if (bad >= 0)
        {
            return target[bad] >= 0x80 ? HttpFault.TargetNotAscii : HttpFault.TargetInvalid;
        }

        // 2. CONNECT has a form of its own; it is refused whatever its target is.
        if (method == KnownMethod.Connect)
        {
            return HttpFault.ConnectNotSupported;
        }

        // 3. Asterisk-form.
        if (target.SequenceEqual("*"u8))
        {
            result = new RequestTarget(TargetForm.Asterisk, default, ..1);
            return method == KnownMethod.Options ? HttpFault.None : HttpFault.TargetFormInvalid;
        }

        // 4. Origin-form.
        if (!target.IsEmpty && target[0] == '/')
        {
            result = new RequestTarget(TargetForm.Origin, default, ..target.Length);
            return PathFault(target);
        }

        // 5. Absolute-form.
        return ReadAbsolute(target, out result);
    }

    private static HttpFault ReadAbsolute(ReadOnlySpan<byte> target, out RequestTarget result)
    {
        result = default;
        var colon = target.IndexOf((byte)':');
        if (colon <= 0 || !target[(colon + 1)..].StartsWith("//"u8))
        {
            return HttpFault.TargetFormInvalid;
        }

        var scheme = target[..colon];
        if (!Grammar.Same(scheme, "http"u8) && !Grammar.Same(scheme, "https"u8))
        {
            return HttpFault.TargetUriInvalid;
        }

        var start = colon + 3;
        var length = target[start..].IndexOfAny((byte)'/', (byte)'?');
        var end = length < 0 ? target.Length : start + length;
        if (!Heads.Authority.IsValid(target[start..end]))
        {
            return HttpFault.TargetUriInvalid;
        }

        result = new RequestTarget(TargetForm.Absolute, start..end, end..target.Length);
        return PathFault(target[end..]);
    }

    // Some servers read a backslash as a slash, so that a path with one would mean something else here than there.
    private static HttpFault PathFault(ReadOnlySpan<byte> pathAndQuery)
    {
        var query = pathAndQuery.IndexOf((byte)'?');
        var path = query < 0 ? pathAndQuery : pathAndQuery[..query];
        return path.Contains((byte)'\\') ? HttpFault.TargetInvalid : HttpFault.None;
    }
}

namespace EvenKeel.Http.Fields;

/// <summary>Finds the <see cref="KnownField"/> of a name.</summary>
internal static class KnownFields
{
    /// <summary>The known field with this name, in any case. The length picks at most a few candidates, so that most names cost one switch.</summary>
    public static KnownField Find(ReadOnlySpan<byte> name) => name.Length switch
    {
        2 => If(name, "te"u8, KnownField.Te),
        4 => If(name, "host"u8, KnownField.Host),
        6 => (name[0] | 0x20) == 'e' ? If(name, "expect"u8, KnownField.Expect) : If(name, "cookie"u8, KnownField.Cookie),
        7 => (name[0] | 0x20) == 'u' ? If(name, "upgrade"u8, KnownField.Upgrade) : If(name, "trailer"u8, KnownField.Trailer),
        9 => If(name, "forwarded"u8, KnownField.Forwarded),
        10 when (name[0] | 0x20) == 't' => If(name, "tracestate"u8, KnownField.TraceState),
        10 => (name[0] | 0x20) == 'c' ? If(name, "connection"u8, KnownField.Connection) : If(name, "keep-alive"u8, KnownField.KeepAlive),
        11 => If(name, "traceparent"u8, KnownField.TraceParent),
        12 => If(name, "content-type"u8, KnownField.ContentType),
        13 => (name[0] | 0x20) == 'a' ? If(name, "authorization"u8, KnownField.Authorization) : If(name, "cache-control"u8, KnownField.CacheControl),
        14 => If(name, "content-length"u8, KnownField.ContentLength),
        15 => If(name, "x-forwarded-for"u8, KnownField.XForwardedFor),
        16 => OfSixteen(name),
        17 => OfSeventeen(name),
        19 => If(name, "x-evenkeel-instance"u8, KnownField.Instance),
        _ => KnownField.Other,
    };

    /// <summary>True for fields that belong to one hop and are never forwarded as they came.</summary>
    public static bool IsHopByHop(KnownField field) => field is >= KnownField.Connection and <= KnownField.Upgrade;

    /// <summary>
    /// True for fields that must not follow a body (RFC 9110 section 6.5.1): those that frame, route, authenticate or describe the content.
    /// </summary>
    public static bool IsForbiddenInTrailers(KnownField field) => field != KnownField.Other;

    private static KnownField OfSixteen(ReadOnlySpan<byte> name) => (name[0] | 0x20) switch
    {
        'p' => If(name, "proxy-connection"u8, KnownField.ProxyConnection),
        'c' => If(name, "content-encoding"u8, KnownField.ContentEncoding),
        'x' when (name[2] | 0x20) == 'f' => If(name, "x-forwarded-host"u8, KnownField.XForwardedHost),
        'x' => If(name, "x-evenkeel-error"u8, KnownField.Error),
        _ => KnownField.Other,
    };

    private static KnownField OfSeventeen(ReadOnlySpan<byte> name) => (name[0] | 0x20) == 't'
        ? If(name, "transfer-encoding"u8, KnownField.TransferEncoding)
        : If(name, "x-forwarded-proto"u8, KnownField.XForwardedProto);

    private static KnownField If(ReadOnlySpan<byte> name, ReadOnlySpan<byte> candidate, KnownField field)
        => Grammar.Same(name, candidate) ? field : KnownField.Other;
}

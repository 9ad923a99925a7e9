namespace EvenKeel.Http.Heads;

/// <summary>Finds and judges methods. Their names are in capitals; in another case they are other methods (RFC 9110 section 9.1).</summary>
public static class KnownMethods
{
    /// <summary>The known method with this name.</summary>
    public static KnownMethod Find(ReadOnlySpan<byte> name) => name.Length switch
    {
        3 when name.SequenceEqual("GET"u8) => KnownMethod.Get,
        3 when name.SequenceEqual("PUT"u8) => KnownMethod.Put,
        4 when name.SequenceEqual("POST"u8) => KnownMethod.Post,
        4 when name.SequenceEqual("HEAD"u8) => KnownMethod.Head,
        5 when name.SequenceEqual("PATCH"u8) => KnownMethod.Patch,
        5 when name.SequenceEqual("TRACE"u8) => KnownMethod.Trace,
        6 when name.SequenceEqual("DELETE"u8) => KnownMethod.Delete,
        7 when name.SequenceEqual("OPTIONS"u8) => KnownMethod.Options,
        7 when name.SequenceEqual("CONNECT"u8) => KnownMethod.Connect,
        _ => KnownMethod.Other,
    };

    /// <summary>True when doing it twice means the same as doing it once (RFC 9110 section 9.2.2), so that it may be sent again.</summary>
    public static bool IsIdempotent(this KnownMethod method) => method
        is KnownMethod.Get or KnownMethod.Head or KnownMethod.Put or KnownMethod.Delete or KnownMethod.Options or KnownMethod.Trace;
}

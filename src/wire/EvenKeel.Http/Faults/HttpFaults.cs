namespace EvenKeel.Http.Faults;

/// <summary>The status, the stage and the sentence that belong to each <see cref="HttpFault"/>.</summary>
public static class HttpFaults
{
    /// <summary>The status that answers a request with this fault: 400, 413, 414, 431, 501 or 505; 200 for none.</summary>
    public static int StatusOf(HttpFault fault) => fault switch
    {
        HttpFault.None => 200,
        HttpFault.ContentLengthTooLarge or HttpFault.BodyTooLarge => 413,
        HttpFault.StartLineTooLong => 414,
        HttpFault.TooManyFields or HttpFault.HeadTooLarge or HttpFault.TrailersTooLarge or HttpFault.TooManyConnectionOptions => 431,
        HttpFault.MethodTooLong or HttpFault.ConnectNotSupported or HttpFault.TransferCodingNotSupported => 501,
        HttpFault.VersionNotSupported => 505,
        _ => 400,
    };

    /// <summary>Where in a message the fault stands: <c>start-line</c>, <c>target</c>, <c>host</c>, <c>fields</c>, <c>framing</c> or <c>body</c>.</summary>
    public static string StageOf(HttpFault fault) => fault switch
    {
        <= HttpFault.VersionNotSupported or HttpFault.StatusInvalid => "start-line",
        <= HttpFault.ConnectNotSupported => "target",
        <= HttpFault.HostInvalid => "host",
        <= HttpFault.TooManyConnectionOptions => "fields",
        <= HttpFault.TransferCodingNotSupported => "framing",
        _ => "body",
    };

    /// <summary>One sentence, for the sender of the message, that says what is wrong.</summary>
    public static string Describe(HttpFault fault) => fault switch
    {
        HttpFault.None => "The message is well-formed.",
        HttpFault.MethodInvalid => "The method is empty or is not a token.",
        HttpFault.MethodTooLong => "The method is longer than 32 bytes; no such method is known.",
        HttpFault.StartLineMalformed => "The start line must have exactly its three parts, separated by one space each.",
        HttpFault.StartLineTooLong => "The request line is larger than the limit for a whole head.",
        HttpFault.VersionInvalid => "The version must read HTTP/1.1 or HTTP/1.0.",
        HttpFault.VersionNotSupported => "Only HTTP/1.1 and HTTP/1.0 are spoken here.",
        HttpFault.TargetInvalid => "The target has a character that must be percent-encoded.",
        HttpFault.TargetNotAscii => "The target has a byte outside of ASCII; percent-encode it.",
        HttpFault.TargetFormInvalid => "The target must start with a slash or be an absolute URI; an asterisk is for OPTIONS alone.",
        HttpFault.TargetUriInvalid => "An absolute target must have the scheme http or https, a host, and no user name.",
        HttpFault.PathEncodingInvalid => "A percent sign in the path must encode something, and no control character.",
        HttpFault.PathSlashEncoded => "The path has an encoded slash or backslash, which not all read alike.",
        HttpFault.PathDotSegment => "The path has a segment of one or two dots; resolve it before sending.",
        HttpFault.ConnectNotSupported => "CONNECT is not offered: this is not a forward proxy.",
        HttpFault.HostMissing => "HTTP/1.1 requires a Host field.",
        HttpFault.HostRepeated => "There must be only one Host field.",
        HttpFault.HostInvalid => "The host must be a name or an address, with an optional port.",
        HttpFault.BareLineFeed => "Each line must end in CR LF, not in LF alone.",
        HttpFault.BareCarriageReturn => "A CR must be followed by LF.",
        HttpFault.ObsoleteFold => "A line starts with white space; folded fields are obsolete and refused.",
        HttpFault.FieldWithoutColon => "A field line has no colon.",
        HttpFault.FieldNameEmpty => "A field line has no name.",
        HttpFault.SpaceBeforeColon => "There must be no white space between a field's name and its colon.",
        HttpFault.FieldNameInvalid => "A field's name is not a token.",
        HttpFault.FieldValueInvalid => "A field's value has a control character.",
        HttpFault.TooManyFields => "The head has more fields than the limit.",
        HttpFault.HeadTooLarge => "The head is larger than the limit.",
        HttpFault.ConnectionInvalid => "The Connection field is not a list of tokens.",
        HttpFault.TooManyConnectionOptions => "The Connection field names more options than the limit.",
        HttpFault.ContentLengthInvalid => "Content-Length must be digits only.",
        HttpFault.ContentLengthRepeated => "There must be only one Content-Length.",
        HttpFault.ContentLengthTooLarge => "Content-Length is larger than any body can be.",
        HttpFault.LengthAndTransferEncoding => "Content-Length and Transfer-Encoding must not be used together.",
        HttpFault.TransferEncodingOnHttp10 => "HTTP/1.0 has no Transfer-Encoding.",
        HttpFault.TransferEncodingInvalid => "Transfer-Encoding must be given once, and chunked must be its last and only chunked coding.",
        HttpFault.TransferCodingNotSupported => "No transfer coding but chunked is supported; use Content-Encoding to compress.",
        HttpFault.StatusInvalid => "The status must be three digits from 100 to 599.",
        HttpFault.ChunkSizeInvalid => "A chunk size must be 1 to 16 hexadecimal digits and fit in 63 bits.",
        HttpFault.ChunkExtensionTooLong => "The extensions of a chunk are longer than the limit.",
        HttpFault.ChunkExtensionInvalid => "A chunk extension has a control character.",
        HttpFault.ChunkEndMissing => "The data of a chunk must be followed by CR LF.",
        HttpFault.TrailersTooLarge => "The trailer section is larger than the limit.",
        HttpFault.BodyTooLarge => "The body is larger than the limit.",
        _ => throw new ArgumentOutOfRangeException(nameof(fault), fault, "The fault is not one of the listed ones."),
    };
}

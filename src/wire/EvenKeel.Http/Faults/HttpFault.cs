namespace EvenKeel.Http.Faults;

/// <summary>
/// What is wrong with a message, precisely enough to tell its sender. <see cref="HttpFaults"/> maps each to a status and a sentence. The
/// sections are those of RFC 9112 unless another RFC is named.
/// </summary>
public enum HttpFault
{
    /// <summary>Nothing is wrong.</summary>
    None = 0,

    /// <summary>The method is empty, or has a character that no token has (section 3.1).</summary>
    MethodInvalid,

    /// <summary>The method is longer than any that is known.</summary>
    MethodTooLong,

    /// <summary>The start line has not exactly the parts that it needs, each parted by one space (section 3).</summary>
    StartLineMalformed,

    /// <summary>The request line alone is larger than a head may be (section 3, RFC 9110 section 15.5.15).</summary>
    StartLineTooLong,

    /// <summary>The version is not of the form HTTP/digit.digit (section 2.3).</summary>
    VersionInvalid,

    /// <summary>A version other than 1.0 and 1.1, among them the preface of HTTP/2.</summary>
    VersionNotSupported,

    /// <summary>The target has a control character, a space, a quotation mark, an angle bracket, a fragment or a backslash in its path.</summary>
    TargetInvalid,

    /// <summary>The target has a byte outside of ASCII; such bytes travel percent-encoded (RFC 3986 section 2).</summary>
    TargetNotAscii,

    /// <summary>The target is of none of the four forms, or of one that its method does not allow (section 3.2).</summary>
    TargetFormInvalid,

    /// <summary>An absolute target names another scheme than http and https, or carries a user name.</summary>
    TargetUriInvalid,

    /// <summary>A percent sign in the path without two hexadecimal digits, or that encodes a control character.</summary>
    PathEncodingInvalid,

    /// <summary>An encoded slash or backslash in the path: a separator for some readers and not for others.</summary>
    PathSlashEncoded,

    /// <summary>A segment <c>.</c> or <c>..</c> in the path, plain or encoded, perhaps with parameters.</summary>
    PathDotSegment,

    /// <summary>CONNECT asks for a tunnel, which this side never gives.</summary>
    ConnectNotSupported,

    /// <summary>A request of HTTP/1.1 without a Host field (section 3.2).</summary>
    HostMissing,

    /// <summary>More than one Host field.</summary>
    HostRepeated,

    /// <summary>The host is not a name or address with an optional port (RFC 9110 section 7.2).</summary>
    HostInvalid,

    /// <summary>A line feed without a carriage return in front of it (section 2.2).</summary>
    BareLineFeed,

    /// <summary>A carriage return without a line feed behind it (section 2.2).</summary>
    BareCarriageReturn,

    /// <summary>A line that starts with white space, the obsolete way to fold a field (section 5.2).</summary>
    ObsoleteFold,

    /// <summary>A field line without a colon.</summary>
    FieldWithoutColon,

    /// <summary>A field line that starts with its colon.</summary>
    FieldNameEmpty,

    /// <summary>White space between a field's name and its colon (section 5.1).</summary>
    SpaceBeforeColon,

    /// <summary>A field name with a character that no token has.</summary>
    FieldNameInvalid,

    /// <summary>NUL or another control character in a field value (RFC 9110 section 5.5).</summary>
    FieldValueInvalid,

    /// <summary>More fields than the limit.</summary>
    TooManyFields,

    /// <summary>A head larger than the limit.</summary>
    HeadTooLarge,

    /// <summary>A Connection field that is no list of tokens (RFC 9110 section 7.6.1).</summary>
    ConnectionInvalid,

    /// <summary>More connection options than the limit.</summary>
    TooManyConnectionOptions,

    /// <summary>A Content-Length that is not just digits (RFC 9110 section 8.6).</summary>
    ContentLengthInvalid,

    /// <summary>More than one Content-Length, equal or not (section 6.3).</summary>
    ContentLengthRepeated,

    /// <summary>A Content-Length beyond what 63 bits count.</summary>
    ContentLengthTooLarge,

    /// <summary>Both Content-Length and Transfer-Encoding (section 6.1).</summary>
    LengthAndTransferEncoding,

    /// <summary>Transfer-Encoding in a message of HTTP/1.0 (section 6.1).</summary>
    TransferEncodingOnHttp10,

    /// <summary>A Transfer-Encoding whose last coding is not chunked, or that names chunked twice (section 6.1).</summary>
    TransferEncodingInvalid,

    /// <summary>A transfer coding besides chunked (section 6.1).</summary>
    TransferCodingNotSupported,

    /// <summary>A status that is not three digits from 100 to 599 (section 4).</summary>
    StatusInvalid,

    /// <summary>A chunk size that is not 1 to 16 hexadecimal digits within 63 bits (section 7.1).</summary>
    ChunkSizeInvalid,

    /// <summary>A chunk line with extensions longer than the limit (section 7.1.1).</summary>
    ChunkExtensionTooLong,

    /// <summary>A chunk extension with a control character.</summary>
    ChunkExtensionInvalid,

    /// <summary>A chunk's data is not followed by CR LF (section 7.1).</summary>
    ChunkEndMissing,

    /// <summary>The trailer section is larger than the limit (section 7.1.2).</summary>
    TrailersTooLarge,

    /// <summary>A body larger than the limit.</summary>
    BodyTooLarge,
}

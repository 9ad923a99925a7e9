using System.Buffers.Text;
using EvenKeel.Http.Faults;
using EvenKeel.Http.Fields;

namespace EvenKeel.Http.Heads;

/// <summary>
/// The fields that frame a body, read so strictly that no two parsers can disagree about where it ends (RFC 9112 sections 6.1 to 6.3).
/// </summary>
internal struct FramingFields
{
    private bool _hasTransferEncoding;

    /// <summary>The Content-Length, or -1 without one.</summary>
    public long ContentLength { get; private set; }

    /// <summary>True when the body comes in chunks.</summary>
    public bool Chunked { get; private set; }

    /// <summary>No framing field seen.</summary>
    public static FramingFields Unseen => new() { ContentLength = -1 };

    /// <summary>Takes a Content-Length field. A second one is refused even when it is equal: whoever sends two has lost control of them.</summary>
    public HttpFault AddContentLength(ReadOnlySpan<byte> value)
    {
        if (ContentLength >= 0)
        {
            return HttpFault.ContentLengthRepeated;
        }

        if (value.IsEmpty || value.ContainsAnyExceptInRange((byte)'0', (byte)'9'))
        {
            return value.Contains((byte)',') ? HttpFault.ContentLengthRepeated : HttpFault.ContentLengthInvalid;
        }

        if (!Utf8Parser.TryParse(value, out long length, out var used) || used != value.Length)
        {
            return HttpFault.ContentLengthTooLarge;
        }

        ContentLength = length;
        return HttpFault.None;
    }

    /// <summary>Takes a Transfer-Encoding field, of which there may be one.</summary>
    public HttpFault AddTransferEncoding(ReadOnlySpan<byte> value)
    {
        if (_hasTransferEncoding)
        {
            return HttpFault.TransferEncodingInvalid;
        }

        _hasTransferEncoding = true;
        if (Grammar.Same(value, "chunked"u8))
        {
            Chunked = true;
            return HttpFault.None;
        }

        var chunked = 0;
        var others = 0;
        var last = false;
        while (Grammar.NextElement(ref value, out var coding))
        {
            last = Grammar.Same(coding, "chunked"u8);
            chunked += last ? 1 : 0;
            others += last || coding.IsEmpty ? 0 : 1;
        }

        return last && chunked == 1 && others > 0 ? HttpFault.TransferCodingNotSupported : HttpFault.TransferEncodingInvalid;
    }

    /// <summary>Judges the fields together, at the end of the head.</summary>
    public readonly HttpFault Judge(bool isHttp10)
    {
        if (_hasTransferEncoding && isHttp10)
        {
            return HttpFault.TransferEncodingOnHttp10;
        }

        return _hasTransferEncoding && ContentLength >= 0 ? HttpFault.LengthAndTransferEncoding : HttpFault.None;
    }
}

using EvenKeel.Http.Faults;
using static EvenKeel.Http.Tests.Heads.HeadCase;

namespace EvenKeel.Http.Tests.Heads;

internal static class FramingCases
{
    private const string Length = "Content-Length: 5";
    private const string Chunked = "Transfer-Encoding: chunked";

    public static IEnumerable<HeadCase> All =>
    [
        new("two different lengths", Post(Length, "Content-Length: 6"), HttpFault.ContentLengthRepeated, 400, Post(Length)),
        new("two equal lengths", Post(Length, Length), HttpFault.ContentLengthRepeated, 400, Post(Length)),
        new("two lengths in different case", Post(Length, "content-lengtH: 5"), HttpFault.ContentLengthRepeated, 400, Post("content-lengtH: 5")),
        new("two lengths in one field", Post("Content-Length: 5, 5"), HttpFault.ContentLengthRepeated, 400, Post(Length)),
        new("two lengths without a space", Post("Content-Length: 5,6"), HttpFault.ContentLengthRepeated, 400, Post(Length)),
        OfLength("empty", "", "0"),
        OfLength("signed", "+5", "5"),
        OfLength("negative", "-5", "5"),
        OfLength("hexadecimal", "0x5", "05"),
        OfLength("with a space within", "1 5", "15"),
        OfLength("with a fraction", "5.0", "5"),
        OfLength("with an exponent", "5e1", "50"),
        OfLength("with a separator", "1_000", "1000"),
        OfLength("quoted", "\"5\"", "5"),
        OfLength("with other digits", "\u00b2", "2"),
        OfLength("with a unit", "5b", "  5\t"),
        new("length beyond 63 bits", Post("Content-Length: 9223372036854775808"), HttpFault.ContentLengthTooLarge, 413,
            Post("Content-Length: 9223372036854775807")),
        new("length of 2^64 + 5", Post("Content-Length: 18446744073709551621"), HttpFault.ContentLengthTooLarge, 413, Post(Length)),
        new("length and chunks", Post(Length, Chunked), HttpFault.LengthAndTransferEncoding, 400, Post(Chunked)),
        new("chunks and length", Post(Chunked, Length), HttpFault.LengthAndTransferEncoding, 400, Post(Length)),
        new("chunks and length of zero", Post(Chunked, "Content-Length: 0"), HttpFault.LengthAndTransferEncoding, 400, Post("Content-Length: 0")),
        new("chunks on HTTP/1.0", Head("POST / HTTP/1.0", Chunked), HttpFault.TransferEncodingOnHttp10, 400, Head("POST / HTTP/1.0", Length)),
        new("chunks on HTTP/1.0 that keeps alive", Head("POST / HTTP/1.0", "Connection: keep-alive", Chunked),
            HttpFault.TransferEncodingOnHttp10, 400, Head("POST / HTTP/1.1", "Host: a", Chunked)),
        new("two codings fields", Post(Chunked, Chunked), HttpFault.TransferEncodingInvalid, 400, Post(Chunked)),
        new("two different codings fields", Post(Chunked, "Transfer-Encoding: identity"), HttpFault.TransferEncodingInvalid, 400, Post(Chunked)),
        OfCoding("empty", "", "chunked"),
        OfCoding("chunked twice", "chunked, chunked", "chunked"),
        OfCoding("not last", "chunked, gzip", "chunked"),
        OfCoding("without chunked", "gzip", "chunked"),
        OfCoding("identity", "identity", "chunked"),
        OfCoding("misspelled", "xchunked", "chunked"),
        OfCoding("misspelled at the end", "chunkedx", "CHUNKED"),
        OfCoding("with a parameter", "chunked;a=b", "chunked"),
        OfCoding("quoted", "\"chunked\"", "Chunked"),
        OfCoding("with an empty last element", "chunked,", "chunked"),
        OfCoding("two words", "chunked identity", "chunked"),
        new("compressed and chunked", Post("Transfer-Encoding: gzip, chunked"), HttpFault.TransferCodingNotSupported, 501,
            Post("Content-Encoding: gzip", Chunked)),
        new("unknown and chunked", Post("Transfer-Encoding: cow, chunked"), HttpFault.TransferCodingNotSupported, 501, Post(Chunked)),
        OfCoding("with an empty first element", ", chunked", "chunked"),
        new("vertical tab before chunked", Post("Transfer-Encoding: \vchunked"), HttpFault.FieldValueInvalid, 400, Post("Transfer-Encoding: \tchunked")),
        new("NUL behind chunked", Post("Transfer-Encoding: chunked\0"), HttpFault.FieldValueInvalid, 400, Post(Chunked)),
    ];

    private static HeadCase OfLength(string name, string refused, string twin)
        => new("length: " + name, Post("Content-Length: " + refused), HttpFault.ContentLengthInvalid, 400, Post("Content-Length: " + twin));

    private static HeadCase OfCoding(string name, string refused, string twin)
        => new("coding: " + name, Post("Transfer-Encoding: " + refused), HttpFault.TransferEncodingInvalid, 400, Post("Transfer-Encoding: " + twin));
}

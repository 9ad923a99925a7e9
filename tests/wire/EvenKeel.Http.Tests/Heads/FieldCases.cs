using EvenKeel.Http.Faults;
using static EvenKeel.Http.Tests.Heads.HeadCase;

namespace EvenKeel.Http.Tests.Heads;

internal static class FieldCases
{
    public static IEnumerable<HeadCase> All =>
    [
        Of("no colon", "X-A", HttpFault.FieldWithoutColon, "X-A:"),
        Of("no colon, with spaces", "X A", HttpFault.FieldWithoutColon, "X-A: "),
        Of("no name", ": b", HttpFault.FieldNameEmpty, "a: b"),
        Of("space before the colon", "X-A : b", HttpFault.SpaceBeforeColon, "X-A: b"),
        Of("tab before the colon", "X-A\t: b", HttpFault.SpaceBeforeColon, "X-A:\tb"),
        Of("space before the colon of a length", "Content-Length : 5", HttpFault.SpaceBeforeColon, "Content-Length: 5"),
        Of("space before the colon of the coding", "Transfer-Encoding : chunked", HttpFault.SpaceBeforeColon, "Transfer-Encoding: chunked"),
        Of("space within a name", "X A: b", HttpFault.FieldNameInvalid, "X-A: b"),
        Of("slash in a name", "X/A: b", HttpFault.FieldNameInvalid, "X|A: b"),
        Of("bracket in a name", "X(A: b", HttpFault.FieldNameInvalid, "X^A: b"),
        Of("quote in a name", "\"X\": b", HttpFault.FieldNameInvalid, "'X': b"),
        Of("NUL in a name", "X\0A: b", HttpFault.FieldNameInvalid, "X-A: b"),
        Of("non-ASCII name", "X-\u00e9: b", HttpFault.FieldNameInvalid, "X-e: \u00e9"),
        Of("vertical tab before the colon", "X-A\v: b", HttpFault.FieldNameInvalid, "X-A: b"),
        Of("folded with a space", " folded: b", HttpFault.ObsoleteFold, "folded: b"),
        Of("folded with a tab", "\tfolded: b", HttpFault.ObsoleteFold, "folded:\tb"),
        Of("line of a space alone", " ", HttpFault.ObsoleteFold, "X: "),
        Of("folded length", "Content-Length:\r\n 5", HttpFault.ContentLengthInvalid, "Content-Length: 5"),
        Of("folded ordinary field", "X-A: b\r\n c", HttpFault.ObsoleteFold, "X-A: b c"),
        Of("NUL in a value", "X-A: a\0b", HttpFault.FieldValueInvalid, "X-A: a b"),
        Of("escape in a value", "X-A: a\u001bb", HttpFault.FieldValueInvalid, "X-A: a\tb"),
        Of("DEL in a value", "X-A: a\u007f", HttpFault.FieldValueInvalid, "X-A: a~"),
        Of("vertical tab in a value", "X-A: a\vb", HttpFault.FieldValueInvalid, "X-A: a\u00a0b"),
        Of("backspace at the end of a value", "X-A: a\b", HttpFault.FieldValueInvalid, "X-A: a"),
        Of("CR in a value", "X-A: a\rb", HttpFault.BareCarriageReturn, "X-A: ab"),
        Of("CR at the end of a value", "X-A: a\r", HttpFault.BareCarriageReturn, "X-A: a"),
        Of("CR in front of a name", "\rX-A: a", HttpFault.BareCarriageReturn, "X-A: a"),
        Of("CR in a name", "X\rA: a", HttpFault.BareCarriageReturn, "XA: a"),
        Of("smuggled line behind CR", "X-A: a\rContent-Length: 5", HttpFault.BareCarriageReturn, "X-A: a\r\nContent-Length: 5"),
        Of("LF in a value", "X-A: a\nX-B: b", HttpFault.BareLineFeed, "X-A: a\r\nX-B: b"),
        new("head ended by LF", "GET / HTTP/1.1\r\nHost: a\r\n\n", HttpFault.BareLineFeed, 400, Get()),
        new("head of LF lines", "GET / HTTP/1.1\nHost: a\n\n", HttpFault.BareLineFeed, 400, Get()),
        new("field ended by LF", "GET / HTTP/1.1\r\nHost: a\n\r\n", HttpFault.BareLineFeed, 400, Get()),
        new("space at once behind the request line", "GET / HTTP/1.1\r\n Host: a\r\n\r\n", HttpFault.ObsoleteFold, 400, Get()),
        new("too many fields", Get([.. Enumerable.Range(0, 20).Select(i => $"X-{i}: a")]), HttpFault.TooManyFields, 431, Get([.. Enumerable.Range(0, 19).Select(i => $"X-{i}: a")])),
        new("one field beyond the size of a head", Get("X-A: " + new string('a', 1024)), HttpFault.HeadTooLarge, 431, Get("X-A: " + new string('a', 900))),
        new("fields beyond the size of a head", Get([.. Enumerable.Range(0, 15).Select(i => $"X-{i}: {new string('a', 70)}")]),
            HttpFault.HeadTooLarge, 431, Get([.. Enumerable.Range(0, 12).Select(i => $"X-{i}: {new string('a', 70)}")])),
        Of("Connection that is no list", "Connection: a b", HttpFault.ConnectionInvalid, "Connection: a, b"),
        Of("Connection with a quoted option", "Connection: \"close\"", HttpFault.ConnectionInvalid, "Connection: ,close,"),
        Of("Connection with a semicolon", "Connection: close;x", HttpFault.ConnectionInvalid, "Connection: close"),
        new("too many options", Get("Connection: " + string.Join(',', Enumerable.Repeat("a", 33))), HttpFault.TooManyConnectionOptions, 431,
            Get("Connection: " + string.Join(',', Enumerable.Repeat("a", 32)))),
    ];

    private static HeadCase Of(string name, string refused, HttpFault fault, string twin)
        => new("field: " + name, Get(refused), fault, 400, Get(twin));
}

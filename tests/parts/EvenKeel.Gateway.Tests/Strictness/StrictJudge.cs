using System.Globalization;
using System.Text.RegularExpressions;

namespace EvenKeel.Gateway.Tests.Strictness;

/// <summary>
/// Reads HTTP/1.1 by the grammar of RFC 9112 alone, with regular expressions over text: it shares no line and no idea with the gateway's
/// parser, is as slow as it likes, and knows no leniency. Text is Latin-1, one character for each byte.
/// </summary>
internal static partial class StrictJudge
{
    private const string Token = @"[!#$%&'*+\-.^_`|~0-9A-Za-z]+";
    private const string Path = @"/[!$-;=@A-Z_a-z~\[\]^`{|}]*(\?" + Query + ")?";
    private const string Query = @"[!$-;=?@A-Z_a-z~\[\]\\^`{|}]*";
    private const string Port = "([0-9]{0,4}|0[0-9]{4}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])";
    private const string HostAndPort = @"([0-9A-Za-z.\-_~!$&'()*+;=]{1,255}|\[[0-9a-fA-F:.]{2,45}\])(:" + Port + ")?";

    /// <summary>Takes the first request of what has arrived.</summary>
    /// <returns>The request, or null while it is not complete.</returns>
    /// <exception cref="MalformedMessageException">No continuation could make it a request.</exception>
    public static StrictMessage? TakeRequest(string text, out string rest) => Take(text, RequestLine(), true, out rest);

    /// <summary>Takes the first response of what has arrived; one that lasts until the end must be complete.</summary>
    /// <inheritdoc cref="TakeRequest"/>
    public static StrictMessage? TakeResponse(string text, out string rest) => Take(text, StatusLine(), false, out rest);

    private static StrictMessage? Take(string text, Regex startLine, bool isRequest, out string rest)
    {
        rest = text;
        var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        if (end < 0)
        {
            return Loose().IsMatch(text) ? throw new MalformedMessageException("a line end that is not CR LF") : null;
        }

        // 1. Lines: CR and LF only as pairs.
        var head = text[..end];
        Require(!Loose().IsMatch(head + "\r\n"), "a line end that is not CR LF");
        var lines = head.Split("\r\n");
        Require(startLine.IsMatch(lines[0]), $"the start line '{lines[0]}'");
        var fields = lines.Skip(1).Select(FieldOf).ToList();

        // 2. What must be there once.
        var message = new StrictMessage(lines[0], fields, "");
        if (isRequest)
        {
            var hosts = message["host"].ToList();
            Require(hosts.Count == 1 || (hosts.Count == 0 && lines[0].EndsWith("1.0", StringComparison.Ordinal)), $"{hosts.Count} Host fields");
            Require(hosts.All(Host().IsMatch), $"the host '{string.Join("', '", hosts)}'");
        }

        Require(message["connection"].All(Options().IsMatch), "a Connection that is no list of tokens");

        // 3. The body, in the one way that the framing fields allow.
        var after = text[(end + 4)..];
        var lengths = message["content-length"].ToList();
        var codings = message["transfer-encoding"].ToList();
        Require(lengths.Count + codings.Count <= 1, "more than one field that frames the body");
        if (!isRequest && NoBody().IsMatch(lines[0]))
        {
            rest = after;
            return message;
        }

        if (codings.Count == 1)
        {
            Require(!lines[0].Contains("HTTP/1.0", StringComparison.Ordinal), "chunks of HTTP/1.0");
            Require(codings[0].Equals("chunked", StringComparison.OrdinalIgnoreCase), $"the coding '{codings[0]}'");
            return TakeChunks(message, after, ref rest);
        }

        if (lengths.Count == 1)
        {
            Require(Digits().IsMatch(lengths[0]), $"the length '{lengths[0]}'");
            Require(long.TryParse(lengths[0], NumberStyles.None, CultureInfo.InvariantCulture, out var length), $"the length '{lengths[0]}'");
            if (after.Length < length)
            {
                return null;
            }

            rest = after[(int)length..];
            return message with { Body = after[..(int)length] };
        }

        rest = isRequest ? after : "";
        return message with { Body = isRequest ? "" : after };
    }

    private static StrictMessage? TakeChunks(StrictMessage message, string text, ref string rest)
    {
        var body = "";
        while (true)
        {
            var line = text.IndexOf("\r\n", StringComparison.Ordinal);
            if (line < 0)
            {
                Require(Hexadecimal().IsMatch(text.TrimEnd('\r')) || text.Length == 0, $"the chunk line '{text}'");
                return null;
            }

            Require(Hexadecimal().IsMatch(text[..line]), $"the chunk line '{text[..line]}'");
            var size = long.Parse(text[..line], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
            text = text[(line + 2)..];
            if (size == 0)
            {
                break;
            }

            if (text.Length < size + 2)
            {
                return null;
            }

            Require(text.Substring((int)size, 2) == "\r\n", "a chunk that does not end with CR LF");
            body += text[..(int)size];
            text = text[((int)size + 2)..];
        }

        // The trailer section is a list of fields and an empty line.
        var end = ("\r\n" + text).IndexOf("\r\n\r\n", StringComparison.Ordinal);
        if (end < 0)
        {
            return null;
        }

        var trailers = text[..end].Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Select(FieldOf).ToList();
        rest = text[(end + 2)..];
        return message with { Body = body, TrailerText = string.Join(',', trailers.Select(trailer => $"{trailer.Name}={trailer.Value}")) };
    }

    private static (string Name, string Value) FieldOf(string line)
    {
        var match = Field().Match(line);
        Require(match.Success, $"the field line '{line}'");
        return (match.Groups["name"].Value.ToLowerInvariant(), match.Groups["value"].Value.Trim(' ', '\t'));
    }

    private static void Require(bool holds, string what)
    {
        if (!holds)
        {
            throw new MalformedMessageException($"not allowed: {what}");
        }
    }

    [GeneratedRegex($@"^(?!CONNECT )(OPTIONS \*|{Token} ({Path}|[Hh][Tt][Tt][Pp][Ss]?://{HostAndPort}({Path}|\?{Query})?)) HTTP/1\.[01]\z")]
    private static partial Regex RequestLine();

    [GeneratedRegex(@"^HTTP/1\.[01] [1-5][0-9][0-9]( [\t \x21-\x7e\x80-\xff]*)?\z")]
    private static partial Regex StatusLine();

    [GeneratedRegex($@"^(?<name>{Token}):(?<value>[\t \x21-\x7e\x80-\xff]*)\z")]
    private static partial Regex Field();

    [GeneratedRegex($@"^{HostAndPort}\z")]
    private static partial Regex Host();

    [GeneratedRegex($@"^[ \t]*({Token})?([ \t]*,[ \t]*({Token})?)*[ \t]*\z")]
    private static partial Regex Options();

    [GeneratedRegex(@"^[0-9]+\z")]
    private static partial Regex Digits();

    [GeneratedRegex(@"^[0-9A-Fa-f]{1,15}\z")]
    private static partial Regex Hexadecimal();

    [GeneratedRegex(@"^HTTP/1\.[01] (1..|204|304)")]
    private static partial Regex NoBody();

    [GeneratedRegex(@"\r(?!\n)(?!\z)|(?<!\r)\n")]
    private static partial Regex Loose();
}

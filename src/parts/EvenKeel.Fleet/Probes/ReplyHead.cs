using System.Buffers;
using System.Text;

namespace EvenKeel.Fleet.Probes;

/// <summary>The status and the nonce of a reply, read from its first bytes (RFC 9112 section 4). Only what a check needs.</summary>
internal sealed record ReplyHead(int Status, string? Nonce)
{
    /// <summary>The header that echoes the instance's <c>EVENKEEL_NONCE</c>.</summary>
    public const string NonceHeader = "X-EvenKeel-Nonce";

    /// <summary>A head longer than this fails the check: 16 KiB.</summary>
    public const int Limit = 16 * 1024;

    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789");

    /// <summary>
    /// Reads the final head from the bytes so far, past interim 1xx ones.
    /// </summary>
    /// <returns>The head, or null when more bytes are needed.</returns>
    /// <exception cref="FormatException">These bytes are no HTTP/1 reply.</exception>
    public static ReplyHead? TryRead(ReadOnlySpan<byte> bytes)
    {
        while (true)
        {
            if (bytes.IndexOf("\r\n\r\n"u8) is var end && end < 0)
            {
                return null;
            }

            var head = Read(Encoding.Latin1.GetString(bytes[..end]).Split("\r\n"));
            if (head.Status >= 200)
            {
                return head;
            }

            bytes = bytes[(end + 4)..];
        }
    }

    private static ReplyHead Read(string[] lines)
    {
        var status = lines[0];
        if (!status.StartsWith("HTTP/1.", StringComparison.Ordinal) || status.Length < 12 || status[8] != ' '
            || status.AsSpan(9, 3).ContainsAnyExcept(Digits) || (status.Length > 12 && status[12] != ' '))
        {
            throw new FormatException("the reply is no HTTP/1.1");
        }

        var nonce = lines.Skip(1)
            .Where(line => line.StartsWith(NonceHeader + ":", StringComparison.OrdinalIgnoreCase))
            .Select(line => line[(NonceHeader.Length + 1)..].Trim())
            .FirstOrDefault();
        return new ReplyHead(int.Parse(status.AsSpan(9, 3), System.Globalization.CultureInfo.InvariantCulture), nonce);
    }
}

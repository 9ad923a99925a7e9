using System.Buffers;
using System.Text;

namespace EvenKeel.Proxying.ClientHellos;

/// <summary>The extension server_name (RFC 6066 section 3): a list of exactly one host name, of letters, digits, dots, dashes and underscores.</summary>
internal static class ServerName
{
    private static readonly SearchValues<byte> Allowed =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_"u8);

    public static bool TryRead(ReadOnlySpan<byte> extension, Span<byte> name, out int length)
    {
        length = 0;
        var outer = new VectorReader(extension);
        if (!outer.TryRead(2, out ReadOnlySpan<byte> list) || !outer.IsAtEnd || list.IsEmpty || list[0] != 0)
        {
            return false;
        }

        var entries = new VectorReader(list[1..]);
        return entries.TryRead(2, out ReadOnlySpan<byte> host) && entries.IsAtEnd
            && host.Length is > 0 and <= ClientHelloParser.MaxName && !host.ContainsAnyExcept(Allowed) && host[^1] != '.'
            && Ascii.ToLower(host, name, out length) == OperationStatus.Done;
    }
}

using System.Text;

namespace EvenKeel.Gateway.Routing;

/// <summary>Hosts as routes compare them: lower case, no port, no dot at the end.</summary>
internal static class HostName
{
    /// <summary>The longest host that a head can have.</summary>
    public const int MaxLength = 264;

    /// <summary>Reads the host of a Host field that was validated.</summary>
    /// <param name="host">The host with its optional port, or empty.</param>
    /// <param name="room">At least <see cref="MaxLength"/> bytes.</param>
    public static ReadOnlySpan<byte> Read(ReadOnlySpan<byte> host, Span<byte> room)
    {
        var end = host.IsEmpty || host[0] != '[' ? host.IndexOf((byte)':') : host.IndexOf((byte)']') + 1;
        host = end < 0 ? host : host[..end];
        host = host.Length > 1 && host[^1] == '.' ? host[..^1] : host;
        Ascii.ToLower(host, room, out var written);
        return room[..written];
    }
}

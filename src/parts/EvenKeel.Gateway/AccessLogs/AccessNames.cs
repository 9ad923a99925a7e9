using System.Text;
using EvenKeel.Http.Forwarding;

namespace EvenKeel.Gateway.AccessLogs;

/// <summary>Members of a line that stay the same for many requests, made once: <c>,"name":"value"</c>.</summary>
internal static class AccessNames
{
    // Names are short; a route's pattern that is longer than this is cut.
    private const int MaxBytes = 768;

    /// <summary>The members that name a route and its service.</summary>
    public static byte[] OfRoute(string path, string? service) => [.. Member("route"u8, path), .. service is null ? [] : Member("service"u8, service)];

    /// <summary>The member that names an endpoint.</summary>
    public static byte[] OfEndpoint(string name) => Member("instance"u8, name);

    private static byte[] Member(ReadOnlySpan<byte> name, string value)
    {
        Span<byte> text = stackalloc byte[MaxBytes];
        Encoding.UTF8.TryGetBytes(value.AsSpan(0, Math.Min(value.Length, MaxBytes / 3)), text, out int length);
        Span<byte> room = stackalloc byte[(6 * MaxBytes) + 64];
        var writer = new ByteWriter(room);
        AccessText.WriteMember(name, text[..length], ref writer);
        return room[..writer.Length].ToArray();
    }
}

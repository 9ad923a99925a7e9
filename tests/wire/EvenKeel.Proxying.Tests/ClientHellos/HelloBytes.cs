using System.Text;

namespace EvenKeel.Proxying.Tests.ClientHellos;

/// <summary>ClientHellos, put together from their parts.</summary>
internal static class HelloBytes
{
    public static byte[] Vector1(params byte[] bytes) => [(byte)bytes.Length, .. bytes];

    public static byte[] Vector2(params byte[] bytes) => [(byte)(bytes.Length >> 8), (byte)bytes.Length, .. bytes];

    public static byte[] Extension(int type, params byte[] value) => [(byte)(type >> 8), (byte)type, .. Vector2(value)];

    public static byte[] Name(string host) => Extension(0, Vector2([0, .. Vector2(Encoding.Latin1.GetBytes(host))]));

    /// <summary>The body of the message; null for a client that sends no extensions at all.</summary>
    public static byte[] Body(params byte[]? extensions) =>
        [3, 3, .. new byte[32], .. Vector1(new byte[32]), .. Vector2(0x13, 0x01, 0x0A, 0x0A), .. Vector1(0), .. extensions is null ? [] : Vector2(extensions)];

    public static byte[] Message(params byte[] body) => [1, (byte)(body.Length >> 16), (byte)(body.Length >> 8), (byte)body.Length, .. body];

    public static byte[] Record(params byte[] fragment) => [22, 3, 1, .. Vector2(fragment)];

    /// <summary>The message in records of a size.</summary>
    public static byte[] Records(byte[] message, int size) => [.. message.Chunk(size).SelectMany(fragment => Record(fragment))];

    /// <summary>What a browser's first message is like: GREASE, a name, an outer Encrypted Client Hello, a key share.</summary>
    public static byte[] Typical(string host) => Message(Body(
        [.. Extension(0x1A1A), .. Name(host), .. Extension(0xFE0D, new byte[200]), .. Extension(51, new byte[1200]), .. Extension(0x2A2A, 0)]));
}

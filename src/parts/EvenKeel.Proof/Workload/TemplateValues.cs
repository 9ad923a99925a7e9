using System.Globalization;
using EvenKeel.Configuration.Values;

namespace EvenKeel.Proof.Workload;

/// <summary>What the placeholders of a template stand for in one request. The same values fill the same template in the same way.</summary>
/// <param name="Id">The element's id.</param>
/// <param name="Value">The element's value.</param>
/// <param name="Number">A number that grows by one with each request of the run.</param>
/// <param name="Seed">The seed of the run.</param>
internal readonly record struct TemplateValues(string Id, string Value, long Number, ulong Seed)
{
    /// <summary>A text that differs between two runs.</summary>
    public string Run { get; init; } = "";

    /// <summary>The time of the request.</summary>
    public DateTimeOffset Clock { get; init; }

    public string Of(Placeholder placeholder) => placeholder.Kind switch
    {
        PlaceholderKind.Id => Id,
        PlaceholderKind.Value => Value,
        PlaceholderKind.Number => Number.ToString(CultureInfo.InvariantCulture),
        PlaceholderKind.Seed => Seed.ToString(CultureInfo.InvariantCulture),
        PlaceholderKind.Run => Run,
        PlaceholderKind.Uuid => Uuid(),
        PlaceholderKind.Now => Show(Clock + placeholder.Span),
        PlaceholderKind.Boundary => Show(Clock.AddTicks(-(Clock - DateTimeOffset.UnixEpoch).Ticks % placeholder.Span.Ticks)),
        PlaceholderKind.Choice => placeholder.Choices[(int)Draw(placeholder.Text, (ulong)placeholder.Choices.Count)],
        _ => (placeholder.Min + (long)Draw(placeholder.Text, (ulong)(placeholder.Max - placeholder.Min + 1))).ToString(CultureInfo.InvariantCulture),
    };

    /// <summary>A number below a limit that depends on the seed, the request's number and a label, and on nothing else.</summary>
    public ulong Draw(string label, ulong limit) => Mixing.Of(Seed, (ulong)Number, label) % limit;

    // Version 8 of RFC 9562: bits of our own, here a hash of run, seed and number.
    private string Uuid()
    {
        var high = Mixing.Of(Seed, (ulong)Number, Run + "/uuid-high");
        var low = Mixing.Of(Seed, (ulong)Number, Run + "/uuid-low");
        Span<byte> bytes = stackalloc byte[16];
        System.Buffers.Binary.BinaryPrimitives.WriteUInt64BigEndian(bytes, high);
        System.Buffers.Binary.BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], low);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x80);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true).ToString();
    }

    private static string Show(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
}

using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace EvenKeel.Cli.Control;

/// <summary>Times in documents: RFC 3339, UTC, whole milliseconds, such as <c>2026-11-25T19:14:51.618Z</c>. Any offset is read.</summary>
internal sealed class UtcMilliseconds : JsonConverter<DateTimeOffset>
{
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDateTimeOffset();

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture));
}

using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using EvenKeel.Consistency.Histories;

namespace EvenKeel.Proof.Recording;

/// <summary>Writes the lines of <c>history.jsonl</c>; docs/reference/history.md gives every field's meaning.</summary>
internal sealed class HistoryLines(string scenario)
{
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly ArrayBufferWriter<byte> _buffer = new();

    /// <summary>The line that gives an element its number, before the first operation that showed it.</summary>
    public byte[] Element(int number, Element element) => Line("element", json =>
    {
        json.WriteNumber("number", number);
        json.WriteString("id", element.Id);
        json.WriteString("value", element.Value);
    });

    /// <summary>The line of an operation.</summary>
    public byte[] Operation(Operation operation) => Line("operation", json =>
    {
        json.WriteNumber("index", operation.Index);
        json.WriteString("session", operation.Session);
        json.WriteString("phase", Word(operation.Phase));
        json.WriteString("op", Word(operation.Kind));
        WriteIfAny(json, "id", operation.ElementId);
        WriteIfAny(json, "value", operation.Value);
        json.WriteNumber("intendedNs", Nanoseconds(operation.Intended));
        json.WriteNumber("sentNs", Nanoseconds(operation.Sent));
        json.WriteNumber("endNs", Nanoseconds(operation.End));
        json.WriteString("outcome", Word(operation.Outcome));
        WriteIfAny(json, "reason", operation.Reason);
        json.WriteNumber("status", operation.Status);
        WriteIfAny(json, "instance", operation.Instance);
        json.WriteBoolean("direct", operation.Direct);
        json.WriteNumber("attempt", operation.Attempt);
        if (operation.Elements is { } shown)
        {
            json.WriteNumber("shown", shown.Count);
            json.WriteString("elements", Ranges(shown.Numbers));
            if (shown.Repeated.Count > 0)
            {
                json.WriteString("repeated", string.Join(',', shown.Repeated.Select(number => number.ToString(CultureInfo.InvariantCulture))));
            }
        }
    });

    /// <summary>Ascending numbers as ranges: <c>0-41,43</c>. A list that mostly grows costs a few bytes however long it is.</summary>
    internal static string Ranges(IEnumerable<int> numbers)
    {
        var text = new StringBuilder();
        int? first = null;
        var last = 0;
        foreach (var number in numbers)
        {
            if (first is null || number != last + 1)
            {
                Close();
                first = number;
            }

            last = number;
        }

        Close();
        return text.ToString();

        void Close()
        {
            if (first is { } start)
            {
                var range = last == start ? $"{start}" : $"{start}-{last}";
                text.Append(text.Length == 0 ? "" : ",").Append(range);
            }
        }
    }

    private static void WriteIfAny(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }

    private static long Nanoseconds(TimeSpan time) => time.Ticks * TimeSpan.NanosecondsPerTick;

    private static string Word<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();

    private byte[] Line(string kind, Action<Utf8JsonWriter> write)
    {
        _buffer.ResetWrittenCount();
        using (var json = new Utf8JsonWriter(_buffer, Plain))
        {
            json.WriteStartObject();
            json.WriteNumber("schemaVersion", 1);
            json.WriteString("kind", kind);
            json.WriteString("scenario", scenario);
            write(json);
            json.WriteEndObject();
        }

        return _buffer.WrittenSpan.ToArray();
    }
}

using System.Text.Json;

namespace Metering.Events;

/// <summary>
/// Reads an event token by token. A field of the wrong kind is a fault of the event and not the end of the request, so that one bad event
/// does not spoil a batch. Fields that are not known are passed over; of a field that comes twice the last one counts.
/// </summary>
internal static class EventDraftReader
{
    /// <summary>Reads the value at which the reader stands, to its end.</summary>
    /// <exception cref="JsonException">It is not JSON.</exception>
    public static EventDraft Read(ref Utf8JsonReader reader)
    {
        var draft = new EventDraft();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            draft.Add("$", "An event is a JSON object.");
            Pass(ref reader);
            return draft;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            ReadField(ref reader, draft);
        }

        return draft;
    }

    private static void ReadField(ref Utf8JsonReader reader, EventDraft draft)
    {
        if (reader.ValueTextEquals("eventId"u8))
        {
            draft.EventId = Text(ref reader, draft, "eventId");
        }
        else if (reader.ValueTextEquals("timestamp"u8))
        {
            draft.Time = Instant(ref reader, draft, "timestamp");
        }
        else if (reader.ValueTextEquals("tenantId"u8))
        {
            draft.TenantId = Text(ref reader, draft, "tenantId", numbers: true);
        }
        else if (reader.ValueTextEquals("customerId"u8))
        {
            draft.CustomerId = Text(ref reader, draft, "customerId");
        }
        else if (reader.ValueTextEquals("apiEndpoint"u8))
        {
            draft.Endpoint = Text(ref reader, draft, "apiEndpoint");
        }
        else if (reader.ValueTextEquals("metadata"u8))
        {
            ReadMetadata(ref reader, draft);
        }
        else
        {
            reader.Read();
            Pass(ref reader);
        }
    }

    private static void ReadMetadata(ref Utf8JsonReader reader, EventDraft draft)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            draft.Add("metadata", "It has to be a JSON object.");
            Pass(ref reader);
            return;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("inputTokens"u8))
            {
                draft.InputTokens = Whole(ref reader, draft, "metadata.inputTokens");
            }
            else if (reader.ValueTextEquals("outputTokens"u8))
            {
                draft.OutputTokens = Whole(ref reader, draft, "metadata.outputTokens");
            }
            else if (reader.ValueTextEquals("tokens"u8))
            {
                draft.Tokens = Whole(ref reader, draft, "metadata.tokens");
            }
            else if (reader.ValueTextEquals("latencyMs"u8))
            {
                draft.LatencyMs = Whole(ref reader, draft, "metadata.latencyMs");
            }
            else if (reader.ValueTextEquals("model"u8))
            {
                draft.Model = Text(ref reader, draft, "metadata.model");
            }
            else
            {
                reader.Read();
                Pass(ref reader);
            }
        }
    }

    // Skip refuses while more of the request may follow, although all of this event is there.
    private static void Pass(ref Utf8JsonReader reader)
    {
        if (!reader.TrySkip())
        {
            throw new JsonException("The event is not complete.");
        }
    }

    private static string? Text(ref Utf8JsonReader reader, EventDraft draft, string field, bool numbers = false)
    {
        reader.Read();
        switch (reader.TokenType)
        {
            case JsonTokenType.Null:
                return null;
            case JsonTokenType.Number when numbers && reader.TryGetInt64(out long number):
                return number.ToString(System.Globalization.CultureInfo.InvariantCulture);
            case JsonTokenType.String:
                try
                {
                    return reader.GetString();
                }
                catch (InvalidOperationException)
                {
                    // Half of a surrogate pair, or bytes that are not UTF-8: valid JSON by its grammar, and no text.
                    draft.Add(field, "It is not valid Unicode.");
                    return null;
                }

            default:
                draft.Add(field, "It has to be a text.");
                Pass(ref reader);
                return null;
        }
    }

    private static long? Whole(ref Utf8JsonReader reader, EventDraft draft, string field)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Null)
        {
            return null;
        }

        if (reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out long number))
        {
            return number;
        }

        draft.Add(field, "It has to be a whole number.");
        Pass(ref reader);
        return null;
    }

    // Without a zone the same text would be another moment on another machine. What is finer than a microsecond is cut off: the moment stays in its window.
    private static DateTime? Instant(ref Utf8JsonReader reader, EventDraft draft, string field)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Null)
        {
            return null;
        }

        if (reader.TokenType == JsonTokenType.String && reader.TryGetDateTimeOffset(out DateTimeOffset time) && HasZone(ref reader))
        {
            return new DateTime(time.UtcTicks - (time.UtcTicks % TimeSpan.TicksPerMicrosecond), DateTimeKind.Utc);
        }

        draft.Add(field, "It has to be an instant of ISO 8601 with its zone, such as 2026-01-31T12:00:00.000Z.");
        Pass(ref reader);
        return null;
    }

    private static bool HasZone(ref Utf8JsonReader reader)
    {
        Span<byte> text = stackalloc byte[64];
        int length = reader.HasValueSequence ? (int)reader.ValueSequence.Length : reader.ValueSpan.Length;
        if (length > text.Length)
        {
            return false;
        }

        text = text[..reader.CopyString(text)];
        return text.Length > 10 && (text[^1] == 'Z' || text[11..].IndexOfAny((byte)'+', (byte)'-') >= 0);
    }
}

using System.Buffers;
using System.Text.Json;
using Metering.Batches;
using Metering.Events;
using Metering.Ingest;

namespace Metering.Api;

/// <summary>
/// Writes what became of each event of a batch. 200 when all of it is decided. 503 when events have to be sent again: then the whole batch may
/// be, since what is stored is counted once.
/// </summary>
internal static class BatchAnswer
{
    public static async Task WriteAsync(HttpContext context, IReadOnlyList<BatchItem> items)
    {
        bool isOpen = items.Any(item => item.IsOpen);
        var body = new ArrayBufferWriter<byte>(256 + (items.Count * 80));
        await using (var json = new Utf8JsonWriter(body))
        {
            json.WriteStartObject();
            json.WriteNumber("processed"u8, items.Count(item => item.Outcome == IngestOutcome.Processed));
            json.WriteNumber("duplicates"u8, items.Count(item => item.Outcome == IngestOutcome.Duplicate));
            json.WriteNumber("conflicts"u8, items.Count(item => item.Outcome == IngestOutcome.Conflict));
            json.WriteNumber("rejected"u8, items.Count(item => item.Draft.Faults.Count > 0));
            json.WriteNumber("open"u8, items.Count(item => item.IsOpen));
            json.WriteStartArray("results"u8);
            for (int index = 0; index < items.Count; index++)
            {
                Write(json, index, items[index]);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        Problems.RetryAfter(context, isOpen ? IngestResilience.BreakTime : null);
        context.Response.StatusCode = isOpen ? 503 : 200;
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = body.WrittenCount;
        await context.Response.BodyWriter.WriteAsync(body.WrittenMemory, context.RequestAborted);
    }

    private static void Write(Utf8JsonWriter json, int index, BatchItem item)
    {
        json.WriteStartObject();
        json.WriteNumber("index"u8, index);
        json.WriteString("eventId"u8, item.Draft.EventId);
        json.WriteString("status"u8, item.Status);
        if (item.Draft.Faults.Count > 0)
        {
            json.WriteStartArray("errors"u8);
            foreach (EventFault fault in item.Draft.Faults)
            {
                json.WriteStartObject();
                json.WriteString("field"u8, fault.Field);
                json.WriteString("message"u8, fault.Message);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }
}

using System.Buffers;
using System.Text.Json;
using EvenKeel.Windows.Reading;
using Metering.Ingest;

namespace Metering.Api;

/// <summary><c>GET /v1/lag</c>: how far the closing of windows is behind, of all tenants, and what this instance has under way.</summary>
internal sealed class LagEndpoint(Admission admission, WindowLagReader reader, IngestQueue queue, string instance)
{
    public async Task AnswerAsync(HttpContext context)
    {
        if (await admission.AdmitAsync(context) is null)
        {
            return;
        }

        WindowLag lag = await reader.ReadAsync(context.RequestAborted);
        var body = new ArrayBufferWriter<byte>(512);
        await using (var json = new Utf8JsonWriter(body))
        {
            json.WriteStartObject();
            json.WriteString("watermark"u8, lag.Watermark);
            json.WriteNumber("open"u8, lag.Open);
            json.WriteNumber("overdue"u8, lag.Overdue);
            json.WriteNumber("oldestOverdueSeconds"u8, Math.Round(lag.OldestOverdue.TotalSeconds, 3));
            json.WriteNumber("marked"u8, lag.Marked);
            json.WriteString("instance"u8, instance);
            json.WriteNumber("queued"u8, queue.Inside);
            json.WriteNumber("queueRoom"u8, queue.Room);
            json.WriteEndObject();
        }

        context.Response.ContentType = "application/json";
        context.Response.ContentLength = body.WrittenCount;
        await context.Response.BodyWriter.WriteAsync(body.WrittenMemory, context.RequestAborted);
    }
}

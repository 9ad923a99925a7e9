using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json;
using Metering.Access;
using Metering.Events;
using Metering.Ingest;
using Metering.Metrics;

namespace Metering.Api;

/// <summary><c>POST /api/v1/events</c>: one event. The answer comes when it is committed.</summary>
internal sealed class EventEndpoint(
    Admission admission, Customers customers, EventFactory events, IngestQueue queue, MeteringMetrics metrics, TimeProvider time)
{
    /// <summary>The longest body: 64 KiB.</summary>
    public const int MaxBody = 64 * 1024;

    public async Task AnswerAsync(HttpContext context)
    {
        if (await admission.AdmitAsync(context) is not { } tenant)
        {
            return;
        }

        if (context.Request.Headers.ContentEncoding.Count > 0)
        {
            await Problems.AnswerAsync(context, 415, "The encoding is not read", "A single event is sent as it is; /v1/events:batch reads gzip.");
            return;
        }

        EventDraft? draft;
        try
        {
            draft = await ReadAsync(context.Request.BodyReader, context.RequestAborted);
        }
        catch (JsonException error)
        {
            metrics.Rejected(1);
            await Problems.AnswerAsync(context, 400, "Not an event", $"The body is not JSON: {error.Message}");
            return;
        }

        if (draft is null)
        {
            // The server reads the rest and throws it away, so that the sender gets to see the answer.
            metrics.Rejected(1);
            await Problems.AnswerAsync(context, 413, "The event is too large", $"A single event has at most {MaxBody} bytes. Nothing was stored.");
            return;
        }

        events.Check(draft, tenant);
        if (draft.Faults.Count > 0)
        {
            await RejectAsync(context, draft);
        }
        else if (await customers.FindAsync(tenant, draft.CustomerId!, context.RequestAborted) is not { } customer)
        {
            metrics.Rejected(1);
            await Problems.AnswerAsync(context, 404, "No such customer", $"Tenant {tenant.Name} has no customer '{draft.CustomerId}'. Nothing was stored.");
        }
        else if (queue.TryEnter([EventFactory.Make(draft, tenant, customer)]) is not { } ticket)
        {
            metrics.Refused(1);
            await Problems.FullAsync(context);
        }
        else
        {
            await ticket.Done;
            await TellAsync(context, ticket.Outcomes[0], draft.EventId!);
        }
    }

    private static async Task<EventDraft?> ReadAsync(PipeReader body, CancellationToken cancellationToken)
    {
        while (true)
        {
            ReadResult read = await body.ReadAsync(cancellationToken);
            if (read.Buffer.Length > MaxBody)
            {
                body.AdvanceTo(read.Buffer.End);
                return null;
            }

            if (read.IsCompleted)
            {
                try
                {
                    return Parse(read.Buffer);
                }
                finally
                {
                    // Also when it is no event: a body that is still being read would end the connection before the answer is out.
                    body.AdvanceTo(read.Buffer.End);
                }
            }

            body.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    private static EventDraft Parse(ReadOnlySequence<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        reader.Read();
        EventDraft draft = EventDraftReader.Read(ref reader);

        // What follows the event is an error.
        reader.Read();
        return draft;
    }

    private async Task RejectAsync(HttpContext context, EventDraft draft)
    {
        metrics.Rejected(1);
        await (draft is { TenantId: not null, Faults: [{ Field: EventFactory.TenantField } fault] }
            ? Problems.AnswerAsync(context, 403, "The tenant is another one", $"{fault.Message} Nothing was stored.")
            : Problems.InvalidAsync(context, draft.Faults));
    }

    private Task TellAsync(HttpContext context, IngestOutcome outcome, string eventId)
    {
        if (outcome is not (IngestOutcome.Processed or IngestOutcome.Duplicate))
        {
            return Problems.OfAsync(context, outcome, eventId);
        }

        var body = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(body))
        {
            json.WriteStartObject();
            json.WriteString("eventId"u8, eventId);
            json.WriteString("status"u8, outcome == IngestOutcome.Processed ? "PROCESSED"u8 : "DUPLICATE"u8);
            json.WriteString("processedAt"u8, time.GetUtcNow().UtcDateTime);
            json.WriteEndObject();
        }

        context.Response.StatusCode = outcome == IngestOutcome.Processed ? 201 : 200;
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = body.WrittenCount;
        return context.Response.BodyWriter.WriteAsync(body.WrittenMemory, context.RequestAborted).AsTask();
    }
}

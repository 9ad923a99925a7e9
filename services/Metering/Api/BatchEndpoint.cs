using System.Text.Json;
using Metering.Access;
using Metering.Batches;
using Metering.Events;
using Metering.Ingest;
using Metering.Metrics;

namespace Metering.Api;

/// <summary>
/// <c>POST /v1/events:batch</c>. The whole body is read before anything is stored, so that a body that breaks off stores nothing. What is wrong
/// with one event is told for that event.
/// </summary>
internal sealed class BatchEndpoint(Admission admission, Customers customers, EventFactory events, IngestQueue queue, MeteringMetrics metrics)
{
    /// <summary>Batches that are read at a time; together they bound what their bodies take of memory.</summary>
    public const int MaxAtOnce = 32;

    private static readonly string[] LineTypes = ["application/x-ndjson", "application/ndjson", "application/jsonl", "application/json-lines"];
    private int _reading;

    /// <summary>Batches that are being read or stored.</summary>
    public int Reading => Volatile.Read(ref _reading);

    public async Task AnswerAsync(HttpContext context)
    {
        if (await admission.AdmitAsync(context) is not { } tenant)
        {
            return;
        }

        if (Interlocked.Increment(ref _reading) > MaxAtOnce)
        {
            Interlocked.Decrement(ref _reading);
            await Problems.FullAsync(context);
            return;
        }

        try
        {
            await StoreAsync(context, tenant);
        }
        catch (BatchLimitException error)
        {
            await Problems.AnswerAsync(context, 413, "The batch is too large", $"{error.Message} Nothing was stored.");
        }
        catch (JsonException error)
        {
            await Problems.AnswerAsync(context, 400, "Not a batch", $"The body is not a JSON array of events: {error.Message} Nothing was stored.");
        }
        catch (InvalidDataException error)
        {
            await Problems.AnswerAsync(
                context, 400, "Not gzip", $"Content-Encoding says gzip, and the body is not, or breaks off: {error.Message} Nothing was stored.");
        }
        finally
        {
            Interlocked.Decrement(ref _reading);
        }
    }

    private async Task StoreAsync(HttpContext context, Tenant tenant)
    {
        string encoding = context.Request.Headers.ContentEncoding.ToString().ToLowerInvariant();
        string type = (context.Request.ContentType ?? "application/json").Split(';')[0].Trim().ToLowerInvariant();
        bool isLines = LineTypes.Contains(type);
        if (encoding is not ("" or "identity" or "gzip") || (!isLines && type != "application/json"))
        {
            await Problems.AnswerAsync(
                context, 415, "The body is not read", "Send application/json with an array, or application/x-ndjson, plain or with Content-Encoding: gzip.");
            return;
        }

        await using Stream body = BatchReader.Unpack(context.Request.Body, encoding == "gzip");
        List<EventDraft> drafts = isLines
            ? await BatchReader.ReadLinesAsync(body, context.RequestAborted)
            : await BatchReader.ReadArrayAsync(body, context.RequestAborted);
        List<BatchItem> items = [.. drafts.Select(draft => new BatchItem(draft))];
        if (await TryStoreAsync(items, tenant, context.RequestAborted))
        {
            await BatchAnswer.WriteAsync(context, items);
        }
        else
        {
            metrics.Refused(items.Count);
            await Problems.FullAsync(context);
        }
    }

    private async Task<bool> TryStoreAsync(List<BatchItem> items, Tenant tenant, CancellationToken cancellationToken)
    {
        foreach (BatchItem item in items)
        {
            events.Check(item.Draft, tenant);
        }

        var found = await customers.FindAsync(
            tenant, items.Where(item => item.Draft.Faults.Count == 0).Select(item => item.Draft.CustomerId!).Distinct(), cancellationToken);
        var valid = new List<(BatchItem Item, UsageEvent Event)>(items.Count);
        foreach (BatchItem item in items.Where(item => item.Draft.Faults.Count == 0))
        {
            if (found.TryGetValue(item.Draft.CustomerId!, out Customer? customer))
            {
                valid.Add((item, EventFactory.Make(item.Draft, tenant, customer)));
            }
            else
            {
                item.Draft.Add("customerId", $"Tenant {tenant.Name} has no such customer.");
            }
        }

        metrics.Rejected(items.Count - valid.Count);
        if (valid.Count == 0)
        {
            return true;
        }

        if (queue.TryEnter([.. valid.Select(one => one.Event)]) is not { } ticket)
        {
            return false;
        }

        await ticket.Done;
        for (int index = 0; index < valid.Count; index++)
        {
            valid[index].Item.Outcome = ticket.Outcomes[index];
        }

        return true;
    }
}

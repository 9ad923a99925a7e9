using System.Buffers;
using System.Text.Json;
using EvenKeel.Windows.Options;
using Metering.Events;
using Npgsql;
using NpgsqlTypes;

namespace Metering.Api;

/// <summary><c>GET /v1/windows</c>: the windows of a tenant with their revisions; those that are open have none yet.</summary>
internal sealed class WindowEndpoint(Admission admission, NpgsqlDataSource database, WindowOptions windows, TimeProvider time)
{
    private const string Read = """
        SELECT split_part(s.partition, ':', 2), s.start, s.is_closed, coalesce(r.fence, s.fence), coalesce(r.revision, 0), coalesce(r.is_current, false),
               r.made_at, r.result::text
        FROM evenkeel_windows.state s
        LEFT JOIN evenkeel_windows.revision r
            ON r.stream = s.stream AND r.partition = s.partition AND r.start = s.start AND (r.is_current OR @all)
        WHERE s.stream = @stream AND s.start >= @from AND s.start < @to
          AND CASE WHEN @partition IS NULL THEN starts_with(s.partition, @tenant || ':') ELSE s.partition = @partition END
          AND (@afterPartition IS NULL OR (s.start, s.partition, coalesce(r.revision, 0)) > (@from, @afterPartition, @afterRevision))
        ORDER BY s.start, s.partition, r.revision LIMIT @limit
        """;

    public async Task AnswerAsync(HttpContext context)
    {
        if (await admission.AdmitAsync(context) is not { } tenant)
        {
            return;
        }

        var faults = new List<EventFault>();
        WindowQuery query = WindowQuery.Read(context.Request.Query, tenant, time.GetUtcNow().UtcDateTime, faults);
        if (faults.Count > 0)
        {
            bool isForeign = faults is [{ Field: "tenant" }];
            await Problems.AnswerAsync(
                context,
                isForeign ? 403 : 400,
                isForeign ? "The tenant is another one" : "The query is not valid",
                string.Join(' ', faults.Select(fault => $"{fault.Field}: {fault.Message}")));
            return;
        }

        var body = new ArrayBufferWriter<byte>(4096);
        await using (var json = new Utf8JsonWriter(body))
        {
            await WriteAsync(json, query, context.RequestAborted);
        }

        context.Response.ContentType = "application/json";
        context.Response.ContentLength = body.WrittenCount;
        await context.Response.BodyWriter.WriteAsync(body.WrittenMemory, context.RequestAborted);
    }

    private async Task WriteAsync(Utf8JsonWriter json, WindowQuery query, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = database.CreateCommand(Read);
        command.Parameters.AddWithValue("stream", windows.Stream);

        // A place before the span is its beginning; one within it is where the span begins now.
        WindowCursor? after = query.After?.Start >= query.From ? query.After : null;
        command.Parameters.AddWithValue("from", after?.Start ?? query.From);
        command.Parameters.AddWithValue("afterPartition", NpgsqlDbType.Text, after is null ? DBNull.Value : $"{query.Tenant}:{after.Customer}");
        command.Parameters.AddWithValue("afterRevision", after?.Revision ?? 0);
        command.Parameters.AddWithValue("to", query.To);
        command.Parameters.AddWithValue("all", query.AllRevisions);
        command.Parameters.AddWithValue("tenant", query.Tenant);
        command.Parameters.AddWithValue("partition", NpgsqlDbType.Text, query.Customer is null ? DBNull.Value : $"{query.Tenant}:{query.Customer}");
        command.Parameters.AddWithValue("limit", query.Limit + 1);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        json.WriteStartObject();
        json.WriteString("tenantId"u8, query.Tenant);
        json.WriteString("from"u8, query.From);
        json.WriteString("to"u8, query.To);
        json.WriteStartArray("windows"u8);
        int written = 0;
        WindowCursor? last = null;
        while (await reader.ReadAsync(cancellationToken) && written++ < query.Limit)
        {
            Write(json, reader);
            last = written == query.Limit ? new WindowCursor(reader.GetDateTime(1), reader.GetString(0), reader.GetInt32(4)) : null;
        }

        json.WriteEndArray();
        json.WriteBoolean("truncated"u8, written > query.Limit);
        if (written > query.Limit)
        {
            json.WriteString("next"u8, last!.ToString());
        }

        json.WriteEndObject();
    }

    private void Write(Utf8JsonWriter json, NpgsqlDataReader row)
    {
        DateTime start = row.GetDateTime(1);
        json.WriteStartObject();
        json.WriteString("customerId"u8, row.GetString(0));
        json.WriteString("windowStart"u8, start);
        json.WriteString("windowEnd"u8, start + windows.Length);
        json.WriteString("state"u8, row.GetBoolean(2) ? "CLOSED"u8 : "OPEN"u8);
        json.WriteNumber("fence"u8, row.GetInt64(3));
        json.WriteNumber("revision"u8, row.GetInt32(4));
        json.WriteBoolean("current"u8, row.GetBoolean(5));
        if (!row.IsDBNull(6))
        {
            json.WriteString("madeAt"u8, row.GetDateTime(6));
            json.WritePropertyName("data"u8);
            json.WriteRawValue(row.GetString(7), skipInputValidation: true);
        }

        json.WriteEndObject();
    }
}

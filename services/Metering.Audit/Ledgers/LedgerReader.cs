using System.Globalization;
using System.Text.Json;

namespace Metering.Audit.Ledgers;

/// <summary>Reads the files that a load left, line by line.</summary>
internal static class LedgerReader
{
    /// <summary>Reads one file, or all files of a folder in the order of their names.</summary>
    /// <exception cref="AuditException">A line is none of a ledger.</exception>
    public static Ledger Read(string path)
    {
        var ledger = new Ledger();
        string[] files = File.Exists(path) ? [path] : Directory.Exists(path) ? Directory.GetFiles(path, "*.jsonl") : [];
        foreach (var file in files.Order(StringComparer.Ordinal))
        {
            var number = 0;
            foreach (var line in File.ReadLines(file))
            {
                number++;
                try
                {
                    using var document = JsonDocument.Parse(line);
                    Add(ledger, document.RootElement);
                }
                catch (Exception error) when (error is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
                {
                    throw new AuditException(
                        $"{file}:{number} is no line of a ledger: {error.Message}", "a load that was killed leaves half a line: remove it");
                }
            }
        }

        return ledger;
    }

    private static void Add(Ledger ledger, JsonElement line)
    {
        var body = line.GetProperty("body");
        var reply = line.GetProperty("reply");
        var isNew = line.GetProperty("status").GetInt32() == 201
            || (reply.ValueKind == JsonValueKind.Object && reply.TryGetProperty("status", out var status)
                && status is { ValueKind: JsonValueKind.String } && status.ValueEquals("PROCESSED"));
        ledger.Add(UsageOf(body), line.GetProperty("outcome").GetString()!, isNew);
    }

    private static Usage UsageOf(JsonElement body)
    {
        var data = body.GetProperty("metadata");
        var input = data.GetProperty("inputTokens").GetInt64();
        var output = data.GetProperty("outputTokens").GetInt64();
        return new Usage(
            body.GetProperty("tenantId").GetString()!,
            body.GetProperty("eventId").GetString()!,
            body.GetProperty("customerId").GetString()!,
            DateTime.Parse(body.GetProperty("timestamp").GetString()!, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal),
            body.GetProperty("apiEndpoint").GetString()!,
            data.TryGetProperty("model", out var model) ? model.GetString() : null,
            input,
            output,
            data.TryGetProperty("tokens", out var tokens) ? tokens.GetInt64() : input + output,
            data.TryGetProperty("latencyMs", out var latency) ? latency.GetInt64() : null);
    }
}

using System.Globalization;
using System.Text.Json;

namespace Metering.Audit.Windows;

/// <summary>Asks the service for its windows.</summary>
internal sealed class WindowClient(HttpClient http, IReadOnlyDictionary<string, string> keys)
{
    private static readonly TimeSpan Page = TimeSpan.FromHours(1);

    /// <summary>All revisions of all windows that begin in a stretch of time, of all tenants.</summary>
    public async Task<IReadOnlyList<ServedWindow>> ReadAsync(DateTime from, DateTime to, CancellationToken cancellationToken)
    {
        var windows = new List<ServedWindow>();
        foreach (var (tenant, key) in keys)
        {
            for (var start = from; start < to; start += Page)
            {
                var end = start + Page < to ? start + Page : to;
                using var reply = await GetAsync(
                    string.Create(CultureInfo.InvariantCulture, $"/v1/windows?revisions=all&limit=10000&from={start:yyyy-MM-ddTHH:mm:ssZ}&to={end:yyyy-MM-ddTHH:mm:ssZ}"),
                    key,
                    cancellationToken);
                if (reply.RootElement.GetProperty("truncated").GetBoolean())
                {
                    throw new AuditException($"tenant {tenant} has more than 10000 revisions in an hour", "audit a shorter load");
                }

                windows.AddRange(reply.RootElement.GetProperty("windows").EnumerateArray().Select(window => Read(tenant, window)));
            }
        }

        return windows;
    }

    /// <summary>The watermark, how many windows are overdue, and how many are to be computed anew.</summary>
    public async Task<(long Overdue, long Marked)> LagAsync(CancellationToken cancellationToken)
    {
        using var reply = await GetAsync("/v1/lag", keys.Values.First(), cancellationToken);
        return (reply.RootElement.GetProperty("overdue").GetInt64(), reply.RootElement.GetProperty("marked").GetInt64());
    }

    private static ServedWindow Read(string tenant, JsonElement window)
    {
        var key = new WindowKey(tenant, window.GetProperty("customerId").GetString()!, window.GetProperty("windowStart").GetDateTime().ToUniversalTime());
        return new ServedWindow(
            key,
            window.GetProperty("state").ValueEquals("CLOSED"),
            window.GetProperty("revision").GetInt32(),
            window.GetProperty("current").GetBoolean(),
            window.TryGetProperty("data", out var data) && data.ValueKind == JsonValueKind.Object ? WindowTotals.Read(data) : null);
    }

    private async Task<JsonDocument> GetAsync(string path, string key, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("X-API-Key", key);
        using var reply = await http.SendAsync(request, cancellationToken);
        var text = await reply.Content.ReadAsStringAsync(cancellationToken);
        return reply.IsSuccessStatusCode ? JsonDocument.Parse(text)
            : throw new AuditException(
                $"GET {path} was answered with {(int)reply.StatusCode}: {text}", "is this the metering service, and are the keys right?");
    }
}

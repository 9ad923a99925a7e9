using System.Globalization;
using System.Text.Json;

namespace Metering.Audit.Windows;

/// <summary>Asks the service for its windows.</summary>
internal sealed class WindowClient(HttpClient http, IReadOnlyDictionary<string, string> keys)
{
    private const int Page = 10_000;

    /// <summary>All revisions of all windows that begin in a stretch of time, of all tenants.</summary>
    public async Task<IReadOnlyList<ServedWindow>> ReadAsync(DateTime from, DateTime to, CancellationToken cancellationToken)
    {
        var windows = new List<ServedWindow>();
        foreach (var (tenant, key) in keys)
        {
            string? next = null;
            do
            {
                var place = next is null ? "" : $"&after={next}";
                using var reply = await GetAsync(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"/v1/windows?revisions=all&limit={Page}&from={from:yyyy-MM-ddTHH:mm:ssZ}&to={to:yyyy-MM-ddTHH:mm:ssZ}{place}"),
                    key,
                    cancellationToken);
                windows.AddRange(reply.RootElement.GetProperty("windows").EnumerateArray().Select(window => Read(tenant, window)));
                next = reply.RootElement.TryGetProperty("next", out var after) ? after.GetString() : null;
            }
            while (next is not null);
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

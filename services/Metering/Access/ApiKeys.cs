using System.Collections.Concurrent;
using System.Globalization;
using Npgsql;

namespace Metering.Access;

/// <summary>
/// Finds the tenant of a key. What was found is remembered for ten seconds: that is how long a revoked key, or a tenant that was made
/// inactive, goes on working. Keys that are not known are asked for each time.
/// </summary>
internal sealed class ApiKeys(NpgsqlDataSource database, TimeProvider time)
{
    private const int MostRemembered = 10_000;
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(10);
    private readonly ConcurrentDictionary<KeyHash, (Tenant Tenant, long Since)> _known = new();

    /// <summary>The key that a request carries, or an empty one.</summary>
    public static ReadOnlySpan<char> Of(IHeaderDictionary headers)
    {
        string? bearer = headers.Authorization;
        return bearer is not null && bearer.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? bearer.AsSpan(7).Trim()
            : headers.TryGetValue("X-API-Key", out var key) ? key.ToString().AsSpan().Trim()
            : [];
    }

    /// <summary>The tenant of a key; null for a key that is not known or revoked.</summary>
    public ValueTask<Tenant?> FindAsync(ReadOnlySpan<char> key, CancellationToken cancellationToken)
    {
        if (key.Length is 0 or > KeyHash.MaxKey)
        {
            return ValueTask.FromResult<Tenant?>(null);
        }

        KeyHash hash = KeyHash.Of(key);
        return _known.TryGetValue(hash, out var known) && time.GetElapsedTime(known.Since) < Lifetime
            ? ValueTask.FromResult<Tenant?>(known.Tenant)
            : AskAsync(hash, cancellationToken);
    }

    private async ValueTask<Tenant?> AskAsync(KeyHash hash, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = database.CreateCommand(
            "SELECT t.id, t.active FROM metering.api_key k JOIN metering.tenant t ON t.id = k.tenant_id WHERE k.hash = $1 AND k.revoked_at IS NULL");
        command.Parameters.AddWithValue(hash.ToBytes());
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        if (!await reader.ReadAsync(cancellationToken))
        {
            _known.TryRemove(hash, out _);
            return null;
        }

        int id = reader.GetInt32(0);
        var tenant = new Tenant(id, id.ToString(CultureInfo.InvariantCulture), reader.GetBoolean(1));
        if (_known.Count >= MostRemembered)
        {
            _known.Clear();
        }

        _known[hash] = (tenant, time.GetTimestamp());
        return tenant;
    }
}

using System.Collections.Concurrent;
using Metering.Events;
using Npgsql;

namespace Metering.Access;

/// <summary>Finds customers by the names that their tenants gave them. A customer is never deleted, so that what was found is remembered for good.</summary>
internal sealed class Customers(NpgsqlDataSource database)
{
    private const int MostRemembered = 200_000;
    private readonly ConcurrentDictionary<(int Tenant, string Name), Customer> _known = new();

    /// <summary>Finds one, or null.</summary>
    public async ValueTask<Customer?> FindAsync(Tenant tenant, string name, CancellationToken cancellationToken) =>
        _known.TryGetValue((tenant.Id, name), out Customer? known) ? known
        : EventRules.IsCustomer(name) ? (await FindAsync(tenant, [name], cancellationToken)).GetValueOrDefault(name)
        : null;

    /// <summary>Finds any number; the database is asked once for all that are not known yet.</summary>
    public async Task<Dictionary<string, Customer>> FindAsync(Tenant tenant, IEnumerable<string> names, CancellationToken cancellationToken)
    {
        var found = new Dictionary<string, Customer>();
        var unknown = new HashSet<string>();
        foreach (string name in names.Where(EventRules.IsCustomer))
        {
            if (_known.TryGetValue((tenant.Id, name), out Customer? known))
            {
                found[name] = known;
            }
            else
            {
                unknown.Add(name);
            }
        }

        if (unknown.Count > 0)
        {
            await AskAsync(tenant, [.. unknown], found, cancellationToken);
        }

        return found;
    }

    private async Task AskAsync(Tenant tenant, string[] names, Dictionary<string, Customer> found, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = database.CreateCommand("SELECT id, external_id FROM metering.customer WHERE tenant_id = $1 AND external_id = ANY($2)");
        command.Parameters.AddWithValue(tenant.Id);
        command.Parameters.AddWithValue(names);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            if (_known.Count >= MostRemembered)
            {
                _known.Clear();
            }

            string name = reader.GetString(1);
            found[name] = _known[(tenant.Id, name)] = new Customer(reader.GetInt32(0), $"{tenant.Name}:{name}");
        }
    }
}

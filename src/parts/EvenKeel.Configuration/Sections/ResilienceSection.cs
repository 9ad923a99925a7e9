using EvenKeel.Configuration.Binding;
using EvenKeel.Configuration.Model;
using EvenKeel.Configuration.Nodes;
using EvenKeel.Configuration.Schema;

namespace EvenKeel.Configuration.Sections;

/// <summary>What protects a service from too many requests: the same section for all services and for one.</summary>
internal static class ResilienceSection
{
    private static readonly Key<BreakerOptions> Breaker = Key.Absent("breaker", BreakerSection.Schema,
        "that of `gateway.resilience`, else none", "Refuses requests at once while most fail.", "circuitBreaker");

    private static readonly Key<ConcurrencyOptions> Concurrency = Key.Absent("concurrency", ConcurrencySection.Schema,
        "that of `gateway.resilience`, else no limits", "Limits of requests in flight, with a queue.", "bulkhead");

    private static readonly Key<RetryBudgetOptions> RetryBudget = Key.Absent("retryBudget", RetryBudgetSection.Schema,
        "that of `gateway.resilience`, else its defaults", "How many retries there are.", "budget");

    public static readonly ObjectSchema<ResilienceOptions> Schema = new(
        "resilience", "What protects a service from too many requests.", [Breaker, Concurrency, RetryBudget],
        values => new ResilienceOptions
        {
            Breaker = values.Find(Breaker), Concurrency = values.Find(Concurrency), RetryBudget = values.Find(RetryBudget),
        });

    /// <summary>The sections of single services.</summary>
    public static readonly MapSchema<ResilienceOptions> ByService = new(
        Schema, "services", "a service's name", ServiceSection.NamePattern, 0, 100);

    /// <summary>A section for a service that does not exist would protect nothing.</summary>
    public static void CheckServices(KeyValues values, Key key)
    {
        if (values.Map.Find(key.Name) is not ConfigMap map)
        {
            return;
        }

        foreach (var (name, _) in map.Entries)
        {
            if (!ServiceNameSchema.TryFind(name.Text, name.Text, name, values.Context))
            {
                values.MarkFailed();
            }
        }
    }
}

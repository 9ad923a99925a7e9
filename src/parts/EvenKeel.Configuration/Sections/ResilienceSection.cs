using EvenKeel.Configuration.Binding;
using EvenKeel.Configuration.Model;
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

    public static readonly IReadOnlyList<Key> Keys = [Breaker, Concurrency, RetryBudget];

    public static readonly ObjectSchema<ResilienceOptions> Schema = new(
        "resilience", "What protects a service from too many requests.", Keys, Create);

    public static ResilienceOptions Create(KeyValues values) => new()
    {
        Breaker = values.Find(Breaker), Concurrency = values.Find(Concurrency), RetryBudget = values.Find(RetryBudget),
    };
}

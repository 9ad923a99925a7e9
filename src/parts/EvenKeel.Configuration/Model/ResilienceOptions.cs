namespace EvenKeel.Configuration.Model;

/// <summary>What protects a service from too many requests. A part that is null is that of all services, or its default.</summary>
public sealed record ResilienceOptions
{
    /// <summary>The circuit breaker. Default: none.</summary>
    public BreakerOptions? Breaker { get; init; }

    /// <summary>The limits of requests in flight. Default: none.</summary>
    public ConcurrencyOptions? Concurrency { get; init; }

    /// <summary>How many retries there are. Default: <see cref="RetryBudgetOptions"/> as it is.</summary>
    public RetryBudgetOptions? RetryBudget { get; init; }

    /// <summary>These parts, and those of another where these have none.</summary>
    public ResilienceOptions Over(ResilienceOptions other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return new ResilienceOptions
        {
            Breaker = Breaker ?? other.Breaker,
            Concurrency = Concurrency ?? other.Concurrency,
            RetryBudget = RetryBudget ?? other.RetryBudget,
        };
    }
}

namespace EvenKeel.Configuration.Model;

/// <summary>How many requests of a service may be in flight, and how many more may wait.</summary>
public sealed record ConcurrencyOptions
{
    /// <summary>Requests in flight to the whole service; 0 for any number. Default 0.</summary>
    public int Service { get; init; }

    /// <summary>Requests in flight to each instance; 0 for any number. Default 0.</summary>
    public int Instance { get; init; }

    /// <summary>Requests that may wait for their turn; beyond: 503. Default 100.</summary>
    public int Queue { get; init; } = 100;

    /// <summary>How long a request may wait for its turn; beyond: 503. Default 2 s.</summary>
    public TimeSpan Wait { get; init; } = TimeSpan.FromSeconds(2);
}

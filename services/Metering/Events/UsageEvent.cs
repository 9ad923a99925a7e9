namespace Metering.Events;

/// <summary>An event that is complete and valid, of a known customer.</summary>
internal sealed class UsageEvent
{
    /// <summary>The tenant of the key that it was sent with.</summary>
    public required int TenantId { get; init; }

    /// <summary>Names it within its tenant.</summary>
    public required string EventId { get; init; }

    /// <summary>When it happened, in UTC, in whole microseconds as the database has them.</summary>
    public required DateTime Time { get; init; }

    /// <summary>The customer's number in the database.</summary>
    public required int CustomerId { get; init; }

    /// <summary>The partition of its windows: <c>tenant:customer</c>.</summary>
    public required string Partition { get; init; }

    /// <summary>What was called.</summary>
    public required string Endpoint { get; init; }

    /// <summary>The model that answered, or null.</summary>
    public string? Model { get; init; }

    /// <summary>Tokens that were sent.</summary>
    public long InputTokens { get; init; }

    /// <summary>Tokens that were answered.</summary>
    public long OutputTokens { get; init; }

    /// <summary>Tokens that count; the sum of the two unless the sender says otherwise.</summary>
    public long Tokens { get; init; }

    /// <summary>How long the call took in milliseconds, or null.</summary>
    public long? LatencyMs { get; init; }

    /// <summary>Tells two events with one id apart; see <see cref="BodyHash"/>.</summary>
    public required long Hash { get; init; }
}

namespace EvenKeel.Locks;

/// <summary>What holds for all locks of a provider. Those who share locks have to agree on the name space; the rest may differ.</summary>
public sealed record LockProviderOptions
{
    /// <summary>
    /// Before every name at the server: keeps the locks of different systems apart. At most 100 characters of those of a name. Default <c>lock:</c>.
    /// </summary>
    public string Prefix { get; init; } = "lock:";

    /// <summary>
    /// A waiter is woken when it is its turn. Should that message be lost, it looks by itself after this time, give or take a fifth. A waiter that has
    /// not looked for three times as long is taken for dead and loses its place: that is what a dead one costs those behind it. 50 ms to 1 min. Default 1 s.
    /// </summary>
    public TimeSpan LookInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// How far the clock here and the clock of the server may drift apart, as a part of the lease: the holder counts its lease as over that much
    /// earlier. 0 to 0.5. Default 0.01.
    /// </summary>
    public double ClockDrift { get; init; } = 0.01;

    /// <summary>Callers that may wait for locks here at a time; one more is refused at once. Default 1000.</summary>
    public int MaxWaiters { get; init; } = 1000;

    /// <summary>
    /// Redis: how much longer than its lease the last token of a lock is remembered. Tokens go on rising after it, as long as the server's clock is
    /// not set back. Short for locks that are named after something that happens once: each leaves a key behind for as long. 1 s to 30 days.
    /// Default 7 days.
    /// </summary>
    public TimeSpan CounterLifetime { get; init; } = TimeSpan.FromDays(7);

    /// <summary>PostgreSQL: the schema of the tables, 1 to 40 characters: a small letter or underscore, then also digits. Default <c>evenkeel</c>.</summary>
    public string Schema { get; init; } = "evenkeel";

    /// <summary>PostgreSQL: how long one statement may take, in whole seconds from 1 s. Default 5 s. For state servers see the client's options.</summary>
    public TimeSpan StatementTimeout { get; init; } = TimeSpan.FromSeconds(5);

    internal void Validate()
    {
        Prefixes.Check(Prefix);
        Prefixes.CheckSchema(Schema);
        Check(LookInterval >= TimeSpan.FromMilliseconds(50) && LookInterval <= TimeSpan.FromMinutes(1), nameof(LookInterval), LookInterval, "50 ms to 1 min");
        Check(ClockDrift is >= 0 and <= 0.5, nameof(ClockDrift), ClockDrift, "0 to 0.5");
        Check(MaxWaiters >= 1, nameof(MaxWaiters), MaxWaiters, "1 or more");
        bool lives = CounterLifetime >= TimeSpan.FromSeconds(1) && CounterLifetime <= TimeSpan.FromDays(30);
        Check(lives, nameof(CounterLifetime), CounterLifetime, "1 s to 30 days");
        Check(StatementTimeout >= TimeSpan.FromSeconds(1), nameof(StatementTimeout), StatementTimeout, "1 s or more");
    }

    private static void Check(bool fits, string name, object value, string range)
    {
        if (!fits)
        {
            throw new ArgumentOutOfRangeException(name, value, $"{name} of the locks is {value}; it has to be {range}.");
        }
    }
}

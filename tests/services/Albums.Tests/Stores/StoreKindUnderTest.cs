namespace Albums.Tests.Stores;

/// <summary>The stores that keep the same promises.</summary>
public enum StoreKindUnderTest
{
    /// <summary>In this process.</summary>
    Memory = 0,

    /// <summary>A real PostgreSQL.</summary>
    Postgres = 1,

    /// <summary>A real redis-server.</summary>
    Redis = 2,

    /// <summary>The embedded state node.</summary>
    Node = 3,
}

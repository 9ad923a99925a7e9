namespace Albums.Hosting;

/// <summary>Where the albums are: <c>ALBUMS_STORE</c>.</summary>
internal enum StoreKind
{
    /// <summary>In each instance by itself.</summary>
    Memory = 0,

    /// <summary>In a PostgreSQL database.</summary>
    Postgres = 1,

    /// <summary>In a RESP server.</summary>
    State = 2,
}

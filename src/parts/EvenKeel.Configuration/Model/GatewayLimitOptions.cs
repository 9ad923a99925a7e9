namespace EvenKeel.Configuration.Model;

/// <summary>What one request, response and connection may be at most.</summary>
public sealed record GatewayLimitOptions
{
    /// <summary>Bytes of a request or response head, start line included: 1 KiB to 64 KiB. Beyond: 431, or 502 from an upstream. Default 32 KiB.</summary>
    public int Head { get; init; } = 32 * 1024;

    /// <summary>Fields in a head: 1 to 1000. Beyond: 431. Default 100.</summary>
    public int Fields { get; init; } = 100;

    /// <summary>Bytes of a request body. Beyond: 413. Default 1 GiB.</summary>
    public long Body { get; init; } = 1L << 30;

    /// <summary>Bytes of a request body that are held to decide on a route: 0B to 1 MiB. A larger body meets no condition. Default 64 KiB.</summary>
    public int Inspect { get; init; } = 64 * 1024;

    /// <summary>Client connections at a time; more wait in the kernel's queue. Default 10000.</summary>
    public int Connections { get; init; } = 10_000;
}

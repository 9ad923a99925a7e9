namespace EvenKeel.Resp.Frames;

/// <summary>What a parser accepts before it refuses a stream. A limit is on announced sizes: nothing is allocated before bytes arrive.</summary>
public sealed record RespLimits
{
    /// <summary>The defaults, which are those of Redis where it has one.</summary>
    public static RespLimits Default { get; } = new();

    /// <summary>Bytes of one bulk string: 1 to 1 GiB. Default 512 MiB.</summary>
    public int BulkBytes { get; init; } = 512 * 1024 * 1024;

    /// <summary>Arguments of one request, or elements of one array of a reply. Default 1 Mi.</summary>
    public int Elements { get; init; } = 1024 * 1024;

    /// <summary>Bytes of all arguments of one request together: at most 1 GiB, which is the default.</summary>
    public int RequestBytes { get; init; } = 1024 * 1024 * 1024;

    /// <summary>Bytes of one line: an inline request, a length, a simple string, an error. Default 64 KiB.</summary>
    public int LineBytes { get; init; } = 64 * 1024;

    /// <summary>Arrays within arrays of a reply. Default 32.</summary>
    public int Depth { get; init; } = 32;
}

namespace EvenKeel.State.Server.Keys;

/// <summary>A key and what is stored there: a string or a hash. Only the keyspace changes it.</summary>
internal sealed class Entry(byte[] key, int place)
{
    /// <summary>No deadline.</summary>
    public const long Never = long.MaxValue;

    /// <summary>The key's bytes.</summary>
    public byte[] Key { get; } = key;

    /// <summary>Where the key stands in the order of SCAN; it never moves.</summary>
    public int Place { get; } = place;

    /// <summary>The bytes of a string, or null.</summary>
    public byte[]? Text { get; set; }

    /// <summary>The fields of a hash, or null.</summary>
    public Dictionary<byte[], byte[]>? Hash { get; set; }

    /// <summary>Milliseconds of the keyspace's clock at which the key is gone, or <see cref="Never"/>.</summary>
    public long Deadline { get; set; } = Never;

    /// <summary>Estimated bytes.</summary>
    public long Bytes { get; set; }

    /// <summary>True once the key is gone; a deadline in the queue may outlive it.</summary>
    public bool Removed { get; set; }

    /// <summary>The type as TYPE answers it.</summary>
    public string TypeName => Text is not null ? "string" : "hash";
}

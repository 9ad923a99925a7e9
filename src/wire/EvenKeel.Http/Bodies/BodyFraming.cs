namespace EvenKeel.Http.Bodies;

/// <summary>How the end of one message's body is found.</summary>
/// <param name="Kind">The way.</param>
/// <param name="Length">The bytes of the body when <see cref="BodyKind.Length"/>, else 0.</param>
public readonly record struct BodyFraming(BodyKind Kind, long Length = 0)
{
    /// <summary>No body.</summary>
    public static BodyFraming None => default;

    /// <summary>A body in chunks.</summary>
    public static BodyFraming Chunked => new(BodyKind.Chunked);

    /// <summary>A body that lasts until the connection ends.</summary>
    public static BodyFraming UntilClose => new(BodyKind.UntilClose);

    /// <summary>A body of a known length, none when it is 0.</summary>
    public static BodyFraming OfLength(long length) => length == 0 ? default : new(BodyKind.Length, length);
}

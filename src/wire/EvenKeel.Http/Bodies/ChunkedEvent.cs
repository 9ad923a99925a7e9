namespace EvenKeel.Http.Bodies;

/// <summary>What <see cref="ChunkedReader.Read"/> came to.</summary>
public enum ChunkedEvent
{
    /// <summary>The input is used up; more is needed.</summary>
    NeedMore = 0,

    /// <summary>A chunk begins; <see cref="ChunkedReader.ChunkSize"/> says how large it is, at least 1.</summary>
    Chunk,

    /// <summary>Some of the chunk's data.</summary>
    Data,

    /// <summary>The chunk's data and the line end behind it are complete.</summary>
    ChunkEnd,

    /// <summary>The body is complete, its trailers included. What follows in the input is not part of it.</summary>
    Done,

    /// <summary>The body is malformed; <see cref="ChunkedReader.Fault"/> says how.</summary>
    Invalid,
}

namespace EvenKeel.Resp.Replies;

/// <summary>What a <see cref="ReplyParser"/> made of the bytes it was given.</summary>
public enum ReplyStatus
{
    /// <summary>All bytes were taken and the reply goes on.</summary>
    Incomplete = 0,

    /// <summary>A whole reply was read.</summary>
    Complete = 1,

    /// <summary>The stream is not RESP2 or breaks a limit; <see cref="ReplyParser.Error"/> says how. Nothing more can be read from it.</summary>
    Invalid = 2,
}

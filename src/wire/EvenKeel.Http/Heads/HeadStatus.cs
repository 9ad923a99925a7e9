namespace EvenKeel.Http.Heads;

/// <summary>How far parsing a head has come.</summary>
public enum HeadStatus
{
    /// <summary>Well-formed so far; more bytes are needed.</summary>
    Incomplete = 0,

    /// <summary>The whole head is there and valid.</summary>
    Complete = 1,

    /// <summary>The head is refused; <see cref="MessageHead.Fault"/> says why.</summary>
    Invalid = 2,
}

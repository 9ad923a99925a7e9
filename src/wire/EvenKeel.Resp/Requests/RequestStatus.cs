namespace EvenKeel.Resp.Requests;

/// <summary>What a <see cref="RequestParser"/> made of the bytes it was given.</summary>
public enum RequestStatus
{
    /// <summary>All bytes were taken and the request goes on.</summary>
    Incomplete = 0,

    /// <summary><see cref="RequestParser.Arguments"/> holds a request of at least one argument.</summary>
    Complete = 1,

    /// <summary>The stream breaks the protocol or a limit; <see cref="RequestParser.Error"/> says how. Nothing more can be read from it.</summary>
    Invalid = 2,
}

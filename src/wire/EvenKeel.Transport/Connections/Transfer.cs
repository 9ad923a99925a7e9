namespace EvenKeel.Transport.Connections;

/// <summary>Answers of a non-blocking receive or send other than a number of bytes.</summary>
internal static class Transfer
{
    /// <summary>The other side sent FIN.</summary>
    public const int Ended = 0;

    /// <summary>Nothing can be transferred now.</summary>
    public const int WouldBlock = -1;

    /// <summary>The connection is broken.</summary>
    public const int Failed = -2;

    /// <summary>Nothing was moved without the loop's buffer: the bytes are to be received and sent.</summary>
    public const int Copy = -3;
}

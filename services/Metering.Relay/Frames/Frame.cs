namespace Metering.Relay.Frames;

/// <summary>A message of PostgreSQL's protocol, version 3, as it was on the wire.</summary>
/// <param name="Type">Its first byte; <c>'\0'</c> for the first message of a client, which has none.</param>
/// <param name="Bytes">All of it, type and length included.</param>
public readonly record struct Frame(char Type, ReadOnlyMemory<byte> Bytes)
{
    /// <summary>What stands behind type and length.</summary>
    public ReadOnlySpan<byte> Body => Bytes.Span[(Type == '\0' ? 4 : 5)..];
}

using EvenKeel.Resp.Frames;

namespace EvenKeel.State.Server.Sessions;

/// <summary>What the server knows of one client.</summary>
internal sealed class ClientSession(long id)
{
    /// <summary>The client's number, never used twice.</summary>
    public long Id { get; } = id;

    /// <summary>What the client called itself, or null.</summary>
    public byte[]? Name { get; set; }

    /// <summary>Replies that are not sent yet.</summary>
    public RespWriter Output { get; } = new();

    /// <summary>True when the connection ends after what is in <see cref="Output"/>.</summary>
    public bool Closing { get; set; }
}

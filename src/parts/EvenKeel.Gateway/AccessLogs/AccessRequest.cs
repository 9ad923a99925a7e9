using EvenKeel.Http.Heads;

namespace EvenKeel.Gateway.AccessLogs;

/// <summary>What a line says of the request itself, copied because its bytes are gone when the exchange ends.</summary>
internal sealed class AccessRequest
{
    /// <summary>The most bytes of a host.</summary>
    public const int HostRoom = 128;

    /// <summary>The most bytes of a path with its query.</summary>
    public const int PathRoom = 1024;

    /// <summary>The client's address.</summary>
    public AccessText Client { get; } = new(64);

    /// <summary>The method.</summary>
    public AccessText Method { get; } = new(32);

    /// <summary>The host; empty when there was none.</summary>
    public AccessText Host { get; } = new(HostRoom);

    /// <summary>The path and query.</summary>
    public AccessText Path { get; } = new(PathRoom);

    /// <summary>Notes a request.</summary>
    public void Set(ReadOnlySpan<byte> client, RequestHead head, ReadOnlySpan<byte> headBytes)
    {
        Client.Set(client);
        Method.Set(head.MethodName(headBytes));
        Host.Set(head.Host(headBytes));
        Path.Set(head.NeedsSlash(headBytes) ? "/"u8 : default);
        Path.Append(head.Target(headBytes));
    }
}

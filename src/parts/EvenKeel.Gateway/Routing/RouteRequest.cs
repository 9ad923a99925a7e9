using EvenKeel.Http.Heads;

namespace EvenKeel.Gateway.Routing;

/// <summary>What routes look at in one request.</summary>
internal readonly ref struct RouteRequest
{
    /// <summary>The parsed head.</summary>
    public required RequestHead Head { get; init; }

    /// <summary>The bytes that it was parsed from.</summary>
    public required ReadOnlySpan<byte> Bytes { get; init; }

    /// <summary>The path in normal form; <c>*</c> in asterisk-form.</summary>
    public required ReadOnlySpan<byte> Path { get; init; }

    /// <summary>The host in lower case without port, or empty.</summary>
    public required ReadOnlySpan<byte> Host { get; init; }

    /// <summary>The scheme that the client used.</summary>
    public ReadOnlySpan<byte> Scheme { get; init; }

    /// <summary>The client's address.</summary>
    public UInt128 Client { get; init; }

    /// <summary>The client's address as text.</summary>
    public ReadOnlySpan<byte> ClientText { get; init; }

    /// <summary>What is known of the body.</summary>
    public BodyState BodyState { get; init; }

    /// <summary>The content, when it is here.</summary>
    public ReadOnlySpan<byte> Body { get; init; }

    /// <summary>The query without its question mark, possibly empty.</summary>
    public ReadOnlySpan<byte> Query => QueryWithMark is [_, .. var query] ? query : default;

    /// <summary>The query with its question mark, or empty when there is none.</summary>
    public ReadOnlySpan<byte> QueryWithMark
    {
        get
        {
            var target = Head.Target(Bytes);
            var mark = target.IndexOf((byte)'?');
            return mark < 0 ? default : target[mark..];
        }
    }
}

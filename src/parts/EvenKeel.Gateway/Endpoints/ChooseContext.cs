namespace EvenKeel.Gateway.Endpoints;

/// <summary>What a choice may depend on.</summary>
public readonly ref struct ChooseContext
{
    /// <summary>The endpoints that were tried for this request, which are not chosen again.</summary>
    public ReadOnlySpan<EndpointState?> Tried { get; init; }

    /// <summary>The value of the client's affinity cookie as it came, or empty.</summary>
    public ReadOnlySpan<byte> Affinity { get; init; }

    /// <summary>The hash of the request's key for policies that hash, or null when the request has none: then chance decides.</summary>
    public ulong? Key { get; init; }

    /// <summary>The regions from the client on, nearest first, for the nearest policy; null when nobody knows where it is.</summary>
    internal int[]? Order { get; init; }
}

namespace EvenKeel.Gateway.Endpoints;

/// <summary>What a choice may depend on.</summary>
public readonly ref struct ChooseContext
{
    /// <summary>Endpoints tried.</summary>
    public ReadOnlySpan<EndpointState?> Tried { get; init; }
}

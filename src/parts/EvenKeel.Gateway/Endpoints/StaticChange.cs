namespace EvenKeel.Gateway.Endpoints;

/// <summary>What a new list of addresses changed.</summary>
/// <param name="Added">Endpoints that were added.</param>
/// <param name="Removed">Endpoints that were removed.</param>
public readonly record struct StaticChange(int Added, int Removed);

namespace EvenKeel.Configuration.Sections;

/// <summary>What a route's key <c>affinity</c> says.</summary>
/// <param name="Cookie">The cookie's name, or null.</param>
/// <param name="Header">The header field's name, or null.</param>
/// <param name="Refuses">True when nobody else may serve the client.</param>
internal sealed record AffinityChoice(string? Cookie, string? Header, bool Refuses);

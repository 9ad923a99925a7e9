using System.Net;

namespace EvenKeel.Configuration.Model;

/// <summary>Where clients are that belong to no region.</summary>
public sealed record PlaceOptions
{
    /// <summary>Their networks.</summary>
    public required IReadOnlyList<IPNetwork> Networks { get; init; }

    /// <summary>Degrees north, -90 to 90.</summary>
    public required double Latitude { get; init; }

    /// <summary>Degrees east, -180 to 180.</summary>
    public required double Longitude { get; init; }
}

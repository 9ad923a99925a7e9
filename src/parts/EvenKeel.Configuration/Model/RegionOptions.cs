using System.Net;

namespace EvenKeel.Configuration.Model;

/// <summary>A region: where it is, who its clients are, and which instances run there.</summary>
public sealed record RegionOptions
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Degrees north, -90 to 90.</summary>
    public required double Latitude { get; init; }

    /// <summary>Degrees east, -180 to 180.</summary>
    public required double Longitude { get; init; }

    /// <summary>The networks of the clients that are there.</summary>
    public IReadOnlyList<IPNetwork> Networks { get; init; } = [];

    /// <summary>The services all of whose instances are there, but for those that another region names.</summary>
    public IReadOnlyList<string> Services { get; init; } = [];

    /// <summary>The instances that are there, by name.</summary>
    public IReadOnlyList<string> Instances { get; init; } = [];
}

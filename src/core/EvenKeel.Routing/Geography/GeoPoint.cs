namespace EvenKeel.Routing.Geography;

/// <summary>A place on the earth.</summary>
/// <param name="Latitude">Degrees north, -90 to 90.</param>
/// <param name="Longitude">Degrees east, -180 to 180.</param>
public readonly record struct GeoPoint(double Latitude, double Longitude)
{
    // The mean radius R1 of the International Union of Geodesy and Geophysics.
    private const double EarthRadius = 6371.0088;

    /// <summary>The great-circle distance in kilometres by the haversine formula, within half a percent of the ellipsoid's.</summary>
    public double DistanceTo(GeoPoint other)
    {
        double latitude = double.DegreesToRadians(other.Latitude - Latitude) / 2;
        double longitude = double.DegreesToRadians(other.Longitude - Longitude) / 2;
        double chord = (Math.Sin(latitude) * Math.Sin(latitude))
            + (Math.Cos(double.DegreesToRadians(Latitude)) * Math.Cos(double.DegreesToRadians(other.Latitude)) * Math.Sin(longitude) * Math.Sin(longitude));
        return 2 * EarthRadius * Math.Asin(Math.Min(1, Math.Sqrt(chord)));
    }
}

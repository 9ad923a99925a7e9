using EvenKeel.Routing.Geography;

namespace EvenKeel.Routing.Tests.Geography;

public sealed class GeoPointTests
{
    [Fact]
    public void A_quarter_of_the_equator_is_10007_kilometres()
        => Assert.Equal(10_007.5, new GeoPoint(0, 0).DistanceTo(new GeoPoint(0, 90)), 0.1);

    [Fact]
    public void Over_the_date_line_is_near_and_poles_are_half_the_earth_apart()
    {
        Assert.InRange(new GeoPoint(0, 179).DistanceTo(new GeoPoint(0, -179)), 222, 223);
        Assert.Equal(20_015.1, new GeoPoint(90, 0).DistanceTo(new GeoPoint(-90, 50)), 0.1);
        Assert.Equal(0, new GeoPoint(48, 11).DistanceTo(new GeoPoint(48, 11)));
    }
}

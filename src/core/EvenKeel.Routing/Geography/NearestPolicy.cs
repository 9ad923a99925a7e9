namespace EvenKeel.Routing.Geography;

/// <summary>Orders regions by their distance from a place, nearest first; equals in the order of the list.</summary>
public static class NearestPolicy
{
    /// <summary>Orders regions.</summary>
    /// <param name="from">The place.</param>
    /// <param name="regions">Where the regions are.</param>
    /// <returns>Positions of regions.</returns>
    public static int[] Order(GeoPoint from, IReadOnlyList<GeoPoint> regions)
    {
        ArgumentNullException.ThrowIfNull(regions);
        return [.. Enumerable.Range(0, regions.Count).OrderBy(region => from.DistanceTo(regions[region]))];
    }

    /// <summary>Chooses the region of a request: the nearest one takes what it can, the rest goes to the next.</summary>
    /// <param name="order">The regions, nearest first; at least 1.</param>
    /// <param name="availability">What each region can take of its own load in percent, by <see cref="Overprovisioning"/>.</param>
    /// <param name="random">32 random bits.</param>
    /// <returns>A region. When all together are below 100 percent each takes its part of what there is; -1 when none has any.</returns>
    public static int Choose(ReadOnlySpan<int> order, ReadOnlySpan<int> availability, uint random)
    {
        // Regions that are only reached when nearer ones cannot take all are not looked at otherwise.
        int sum = 0;
        for (int i = 0; i < order.Length && sum < 100; i++)
        {
            sum += availability[order[i]];
        }

        int drawn = Balancing.RandomPolicy.Scale(random, (uint)Math.Clamp(sum, 1, 100));
        foreach (int region in order)
        {
            drawn -= availability[region];
            if (drawn < 0)
            {
                return region;
            }
        }

        return -1;
    }
}

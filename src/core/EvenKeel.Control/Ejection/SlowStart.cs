namespace EvenKeel.Control.Ejection;

/// <summary>The share of its weight that an endpoint gets while it warms up after it was out.</summary>
public static class SlowStart
{
    /// <summary>The weight at the beginning, in percent.</summary>
    public const int Least = 10;

    /// <summary>The weight in percent: it grows evenly from <see cref="Least"/> to 100.</summary>
    /// <param name="since">Time since the endpoint came back.</param>
    /// <param name="length">How long the warm-up lasts; zero for none.</param>
    public static int WeightAt(TimeSpan since, TimeSpan length)
        => since >= length ? 100 : Math.Max(Least, Least + (int)((100 - Least) * Math.Max(0, since / length)));
}

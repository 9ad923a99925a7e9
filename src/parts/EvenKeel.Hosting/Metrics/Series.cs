namespace EvenKeel.Hosting.Metrics;

/// <summary>One combination of tags of one instrument.</summary>
/// <param name="labels">The tags as Prometheus has them, without braces; empty for none.</param>
/// <param name="bounds">The upper bounds of a histogram; empty for what is none.</param>
internal sealed class Series(string labels, IReadOnlyList<double> bounds)
{
    public string Labels => labels;

    public IReadOnlyList<double> Bounds => bounds;

    /// <summary>The value; of a histogram the sum.</summary>
    public double Value { get; set; }

    /// <summary>Of a histogram: observations up to each bound and above the one before; the last is above all bounds.</summary>
    public long[] Counts { get; private init; } = new long[bounds.Count + 1];

    /// <summary>Counts an observation.</summary>
    public void Observe(double value)
    {
        int bucket = 0;
        while (bucket < bounds.Count && value > bounds[bucket])
        {
            bucket++;
        }

        Counts[bucket]++;
        Value += value;
    }

    /// <summary>A copy that does not change.</summary>
    public Series Copy() => new(labels, bounds) { Value = Value, Counts = [.. Counts] };
}

namespace EvenKeel.Proof.Report.Series;

/// <summary>Exact percentiles of durations, by nearest rank: each is a value that was measured, so none exceeds the maximum.</summary>
internal sealed class Percentiles
{
    private readonly TimeSpan[] _sorted;

    /// <summary>Sorts a copy of the samples.</summary>
    public Percentiles(IEnumerable<TimeSpan> samples)
    {
        _sorted = [.. samples];
        Array.Sort(_sorted);
    }

    /// <summary>How many samples there are.</summary>
    public int Count => _sorted.Length;

    /// <summary>The largest sample, or zero without samples.</summary>
    public TimeSpan Max => _sorted.Length == 0 ? TimeSpan.Zero : _sorted[^1];

    /// <summary>The smallest sample that at least this part (0 to 1) of all samples does not exceed; zero without samples.</summary>
    public TimeSpan At(double part) =>
        _sorted.Length == 0 ? TimeSpan.Zero : _sorted[Math.Clamp((int)Math.Ceiling(part * _sorted.Length) - 1, 0, _sorted.Length - 1)];
}

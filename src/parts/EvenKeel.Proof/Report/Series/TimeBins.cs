namespace EvenKeel.Proof.Report.Series;

/// <summary>Cuts the time of a history into equal bins: a 300th of it unless told otherwise, but at least 50 ms and at most 5 s.</summary>
internal sealed class TimeBins
{
    private static readonly TimeSpan Narrowest = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Widest = TimeSpan.FromSeconds(5);

    /// <summary>Bins from zero to an end.</summary>
    public TimeBins(TimeSpan end, int wanted = 300)
    {
        var width = end / wanted;
        Width = width < Narrowest ? Narrowest : width > Widest ? Widest : width;
        Count = Math.Max(1, (int)Math.Ceiling(end / Width));
    }

    /// <summary>The width of a bin.</summary>
    public TimeSpan Width { get; }

    /// <summary>How many there are; at least one.</summary>
    public int Count { get; }

    /// <summary>The bin of a moment; moments outside fall into the first or last.</summary>
    public int Of(TimeSpan at) => Math.Clamp((int)(at / Width), 0, Count - 1);

    /// <summary>When a bin begins.</summary>
    public TimeSpan Start(int bin) => Width * bin;
}

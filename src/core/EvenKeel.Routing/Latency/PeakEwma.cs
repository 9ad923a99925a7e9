namespace EvenKeel.Routing.Latency;

/// <summary>
/// The expected response time of a candidate: a moving average that follows a slow sample at once and forgets it over time (peak EWMA, as in
/// Finagle). Rules against its known traps:
/// <list type="bullet">
/// <item>reading decays as well as writing, so that one slow moment is not held against a candidate for ever;</item>
/// <item>a candidate that was not heard of, or not for <see cref="TauMilliseconds"/>, and has nothing in flight, counts as free: it gets one
/// request, whose answer tells. While that one is in flight it counts as dear, so that a new candidate is not flooded;</item>
/// <item>a failure is never a fast answer: it counts as at least <see cref="FailureMilliseconds"/>.</item>
/// </list>
/// </summary>
/// <param name="Cost">The average in milliseconds at <paramref name="At"/>; 0 or less when nothing is known.</param>
/// <param name="At">When it was last written, in milliseconds of any clock; may wrap around.</param>
public readonly record struct PeakEwma(float Cost, uint At)
{
    /// <summary>The time in which the weight of the past falls to 1/e.</summary>
    public const int TauMilliseconds = 10_000;

    /// <summary>What a failure counts at least.</summary>
    public const int FailureMilliseconds = 5_000;

    /// <summary>The longest wait that an answer's Retry-After can make it count.</summary>
    public const int MaxRetryAfterMilliseconds = 300_000;

    // What a candidate costs whose first answer is awaited: more than any that is known to work.
    private const double Unknown = 2.0 * MaxRetryAfterMilliseconds;
    private const float Least = 0.001f;

    /// <summary>True when an answer was observed.</summary>
    public bool IsKnown => Cost > 0;

    /// <summary>The average after an answer.</summary>
    /// <param name="now">The time.</param>
    /// <param name="sample">The answer's time in milliseconds.</param>
    public PeakEwma Observe(uint now, float sample)
    {
        float measured = Math.Max(Least, sample);
        if (!IsKnown || measured >= Cost)
        {
            return new PeakEwma(measured, now);
        }

        double past = Decay(now);
        return new PeakEwma((float)((Cost * past) + (measured * (1 - past))), now);
    }

    /// <summary>What a failure counts as a sample.</summary>
    /// <param name="sample">The time until it failed, in milliseconds.</param>
    /// <param name="retryAfter">What the answer's Retry-After said, in milliseconds; 0 for nothing.</param>
    public static float Penalty(float sample, float retryAfter = 0)
        => Math.Max(Math.Max(sample, FailureMilliseconds), Math.Min(retryAfter, MaxRetryAfterMilliseconds));

    /// <summary>What one more request would meet: the decayed average for each request there.</summary>
    /// <param name="now">The time.</param>
    /// <param name="pending">Requests in flight there.</param>
    /// <returns>A load; only comparisons mean anything. 0 for a candidate that is to be tried.</returns>
    public double Load(uint now, int pending)
    {
        if (!IsKnown)
        {
            return pending <= 0 ? 0 : Unknown * (pending + 1.0);
        }

        return pending <= 0 && Elapsed(now) > TauMilliseconds ? 0 : Cost * Decay(now) * (Math.Max(0, pending) + 1.0);
    }

    /// <summary>Both values in one word, for an atomic exchange.</summary>
    public long Pack() => (long)(((ulong)BitConverter.SingleToUInt32Bits(Cost) << 32) | At);

    /// <summary>The reverse of <see cref="Pack"/>; 0 is an average that knows nothing.</summary>
    public static PeakEwma Unpack(long packed) => new(BitConverter.UInt32BitsToSingle((uint)((ulong)packed >> 32)), (uint)packed);

    private double Decay(uint now) => Math.Exp(-Elapsed(now) / (double)TauMilliseconds);

    // A clock read on another core may lie a little behind: no time has passed then.
    private uint Elapsed(uint now)
    {
        int elapsed = unchecked((int)(now - At));
        return elapsed < 0 ? 0 : (uint)elapsed;
    }
}

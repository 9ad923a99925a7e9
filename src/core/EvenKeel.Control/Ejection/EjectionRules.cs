namespace EvenKeel.Control.Ejection;

/// <summary>When an endpoint that fails real requests is taken out, and for how long.</summary>
public sealed record EjectionRules
{
    /// <summary>Failures in a row that eject; 0 switches this rule off.</summary>
    public required int Failures { get; init; }

    /// <summary>Failures and errors in percent of the responses of <see cref="Window"/> that eject; 0 switches this rule off.</summary>
    public int Ratio { get; init; }

    /// <summary>Responses that the window must have before the ratio counts.</summary>
    public int Volume { get; init; } = 1;

    /// <summary>The window of the ratio.</summary>
    public TimeSpan Window { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Time out of service after the first ejection; each one that follows before a success lasts twice as long.</summary>
    public required TimeSpan First { get; init; }

    /// <summary>The longest ejection.</summary>
    public required TimeSpan Max { get; init; }

    /// <summary>The length of an ejection.</summary>
    /// <param name="number">How many came before it without a success in between.</param>
    public TimeSpan LengthOf(int number)
    {
        double ticks = First.Ticks * Math.Pow(2, Math.Min(number, 62));
        return ticks >= Max.Ticks ? Max : TimeSpan.FromTicks((long)ticks);
    }
}

namespace EvenKeel.Locks;

/// <summary>
/// The number of a grant: higher than that of every earlier grant of the same lock. It is the microsecond of the server's clock, or one more than the
/// last, whichever is higher, so that it grows even over a server that lost its data. Its distance to another one means nothing.
/// </summary>
public readonly record struct FencingToken : IComparable<FencingToken>
{
    /// <summary>Takes a number.</summary>
    /// <param name="value">Above 0.</param>
    public FencingToken(long value)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(value);
        Value = value;
    }

    /// <summary>The number.</summary>
    public long Value { get; }

    /// <summary>True when the left grant came before the right one.</summary>
    public static bool operator <(FencingToken left, FencingToken right) => left.Value < right.Value;

    /// <summary>True when the left grant came after the right one.</summary>
    public static bool operator >(FencingToken left, FencingToken right) => left.Value > right.Value;

    /// <summary>True unless the left grant came after the right one.</summary>
    public static bool operator <=(FencingToken left, FencingToken right) => left.Value <= right.Value;

    /// <summary>True unless the left grant came before the right one.</summary>
    public static bool operator >=(FencingToken left, FencingToken right) => left.Value >= right.Value;

    /// <inheritdoc/>
    public int CompareTo(FencingToken other) => Value.CompareTo(other.Value);

    /// <summary>The digits.</summary>
    public override string ToString() => Value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}

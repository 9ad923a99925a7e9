using System.Runtime.InteropServices;

namespace EvenKeel.Gateway.Endpoints;

/// <summary>An atomic counter alone on its cache lines: loops on different cores count without taking a neighbour's line away.</summary>
[StructLayout(LayoutKind.Explicit, Size = 256)]
internal struct PaddedCounter
{
    [FieldOffset(128)]
    private int _value;

    [FieldOffset(132)]
    private int _succeeded;

    /// <summary>The value.</summary>
    public readonly int Value => Volatile.Read(in _value);

    /// <summary>A second count on the same line, which the first one has just brought to this core; it wraps.</summary>
    public readonly int Succeeded => Volatile.Read(in _succeeded);

    /// <summary>Adds one to <see cref="Succeeded"/>.</summary>
    public void IncrementSucceeded() => Interlocked.Increment(ref _succeeded);

    /// <summary>Adds one.</summary>
    /// <returns>The value before it.</returns>
    public int Increment() => Interlocked.Increment(ref _value) - 1;

    /// <summary>Takes one away.</summary>
    /// <returns>The value after it.</returns>
    public int Decrement() => Interlocked.Decrement(ref _value);
}

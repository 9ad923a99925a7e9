namespace EvenKeel.Transport.Loops;

/// <summary>The size of a loop group and of its buffers.</summary>
public sealed record LoopGroupOptions
{
    /// <summary>The number of loops: 1 to 64. Default: one per core.</summary>
    public int Loops { get; init; } = Math.Clamp(Environment.ProcessorCount, 1, 64);

    /// <summary>Bytes of a loop's one receive buffer, the most that one callback is given: 16 KiB to 4 MiB. Default 128 KiB.</summary>
    public int ReceiveBuffer { get; init; } = 128 * 1024;

    /// <summary>Writable bytes in front of received ones. Default 16 KiB.</summary>
    public int Headroom { get; init; } = 16 * 1024;

    /// <summary>
    /// Queued bytes of a connection above which <see cref="Connections.Connection.Send"/> answers <see cref="Connections.SendResult.Backlogged"/>.
    /// Default 64 KiB.
    /// </summary>
    public int SendBacklog { get; init; } = 64 * 1024;

    /// <summary>Bytes of one connection that a loop handles before it turns to the others. Default 256 KiB.</summary>
    public int TurnBytes { get; init; } = 256 * 1024;

    /// <summary>A callback that takes longer than this is reported. Default 50 ms.</summary>
    public TimeSpan BlockedAfter { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>The clock of the timers.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Told of what a loop meets but cannot hand to a handler, or null.</summary>
    public ILoopObserver? Observer { get; init; }

    /// <summary>Checks every range.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Names the first option that is outside of its range.</exception>
    internal void Validate()
    {
        Check(Loops, 1, 64, nameof(Loops));
        Check(ReceiveBuffer, 16 * 1024, 4 * 1024 * 1024, nameof(ReceiveBuffer));
        Check(Headroom, 0, 1024 * 1024, nameof(Headroom));
        Check(SendBacklog, 1, int.MaxValue, nameof(SendBacklog));
        Check(TurnBytes, 1, int.MaxValue, nameof(TurnBytes));
    }

    private static void Check(int value, int min, int max, string name)
    {
        if (value < min || value > max)
        {
            throw new ArgumentOutOfRangeException(name, value, $"{name} must be {min} to {max}");
        }
    }
}

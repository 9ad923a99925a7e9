namespace EvenKeel.Transport.Loops;

/// <summary>A timer in a <see cref="TimerWheel"/>: an element of the list of the slot that its tick falls into.</summary>
internal sealed class WheelTimer(TimerWheel wheel, Action<object?> callback, object? state) : LoopTimer
{
    /// <summary>The tick at which it is due.</summary>
    public long DueTick { get; set; }

    /// <summary>What to run.</summary>
    public Action<object?> Callback { get; } = callback;

    /// <summary>The argument of <see cref="Callback"/>.</summary>
    public object? State { get; } = state;

    /// <summary>True while the wheel holds it.</summary>
    public bool IsPending { get; set; }

    /// <summary>The timer before it in its slot.</summary>
    public WheelTimer? Previous { get; set; }

    /// <summary>The timer after it in its slot.</summary>
    public WheelTimer? Next { get; set; }

    /// <inheritdoc/>
    public override void Cancel() => wheel.Remove(this);
}

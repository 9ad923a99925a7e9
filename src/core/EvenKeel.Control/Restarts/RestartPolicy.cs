namespace EvenKeel.Control.Restarts;

/// <summary>The times of a back-off between the end of a process and its next start.</summary>
/// <param name="Delay">Added to every wait, the first included; not jittered, zero or more.</param>
/// <param name="First">The wait after the second end in a row, before jitter; it doubles from there.</param>
/// <param name="Max">The longest wait before jitter and without <paramref name="Delay"/>; at least <paramref name="First"/>.</param>
public sealed record RestartPolicy(TimeSpan Delay, TimeSpan First, TimeSpan Max)
{
    /// <summary>The ready time that forgives earlier ends is never shorter than this: 10 s.</summary>
    public static readonly TimeSpan ShortestReset = TimeSpan.FromSeconds(10);

    /// <summary>Ends inside <see cref="CrashWindow"/> that make a crash loop: 5.</summary>
    public const int CrashLimit = 5;

    /// <summary>The window of <see cref="CrashLimit"/>: 60 s.</summary>
    public static readonly TimeSpan CrashWindow = TimeSpan.FromSeconds(60);
}

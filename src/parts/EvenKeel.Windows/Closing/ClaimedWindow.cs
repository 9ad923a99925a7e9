namespace EvenKeel.Windows.Closing;

/// <summary>A window that somebody may close until the lease ends.</summary>
/// <param name="Key">The window.</param>
/// <param name="Fence">The number of this claim: higher than that of any before. A close with a lower one than the latest is refused.</param>
public readonly record struct ClaimedWindow(WindowKey Key, long Fence);

namespace EvenKeel.Windows.Closing;

/// <summary>What became of an attempt to close a window.</summary>
public enum CloseOutcome
{
    /// <summary>It is closed, and its results and their outbox entries are stored.</summary>
    Closed = 0,

    /// <summary>Refused: it was closed already, or claimed again after this claim. Nothing was stored.</summary>
    FencedOff = 1,
}

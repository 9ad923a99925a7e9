namespace EvenKeel.Windows.Revising;

/// <summary>A closed window whose marks this transaction has taken away.</summary>
/// <param name="Key">The window.</param>
/// <param name="Revision">Its revision before.</param>
internal readonly record struct TakenWindow(WindowKey Key, int Revision);

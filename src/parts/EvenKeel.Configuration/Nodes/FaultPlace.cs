namespace EvenKeel.Configuration.Nodes;

/// <summary>Offsets in the text around a fault of syntax.</summary>
/// <param name="Start">Where the scanner says it begins.</param>
/// <param name="End">Where the scanner says it ends.</param>
/// <param name="LastGood">Where the last part ended that was read well.</param>
internal readonly record struct FaultPlace(int Start, int End, int LastGood);

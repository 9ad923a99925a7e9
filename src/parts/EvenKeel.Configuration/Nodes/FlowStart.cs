namespace EvenKeel.Configuration.Nodes;

/// <summary>An opened bracket or brace.</summary>
/// <param name="Bracket">The character.</param>
/// <param name="Offset">Where it stands in the text.</param>
internal readonly record struct FlowStart(char Bracket, int Offset);

using EvenKeel.Configuration.Model;

namespace EvenKeel.Configuration.Sections;

/// <summary>What a named value of a request has to be.</summary>
internal readonly record struct ValueMatch(MatchKind Kind, string Value);

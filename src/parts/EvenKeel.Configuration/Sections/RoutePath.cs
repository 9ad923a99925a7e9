using EvenKeel.Configuration.Model;

namespace EvenKeel.Configuration.Sections;

/// <summary>A route's path and how it is compared.</summary>
internal sealed record RoutePath(string Text, PathKind Kind);

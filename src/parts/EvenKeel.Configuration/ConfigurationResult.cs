using EvenKeel.Configuration.Binding;
using EvenKeel.Configuration.Diagnostics;
using EvenKeel.Configuration.Model;

namespace EvenKeel.Configuration;

/// <summary>A configuration, or everything that is wrong with it.</summary>
public sealed record ConfigurationResult
{
    /// <summary>The configuration; null exactly when <see cref="Diagnostics"/> is not empty.</summary>
    public ClusterOptions? Cluster { get; init; }

    /// <summary>Everything that is wrong, in the order of the file; at most 100 and a last one that counts the rest.</summary>
    public required IReadOnlyList<Diagnostic> Diagnostics { get; init; }

    /// <summary>Every value with where it comes from, by path; empty when something is wrong.</summary>
    public IReadOnlyList<ValueOrigin> Origins { get; init; } = [];
}

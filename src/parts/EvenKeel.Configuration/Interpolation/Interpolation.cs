namespace EvenKeel.Configuration.Interpolation;

/// <summary>A value with its variables replaced.</summary>
/// <param name="Text">The result; meaningless when there are faults.</param>
/// <param name="Variables">The variables that it read, in order.</param>
/// <param name="Faults">What was wrong.</param>
internal sealed record Interpolation(string Text, IReadOnlyList<string> Variables, IReadOnlyList<InterpolationFault> Faults)
{
    /// <summary>The references to services, which stand in the text as they were written and are replaced when the cluster starts.</summary>
    public IReadOnlyList<string> References { get; init; } = [];
}

namespace EvenKeel.Configuration.Model;

/// <summary>One of several ways to send the requests of a load.</summary>
public sealed record LoadProfileOptions
{
    /// <summary>The stages in order.</summary>
    public required IReadOnlyList<LoadStageOptions> Stages { get; init; }

    /// <summary>The rules about its result.</summary>
    public IReadOnlyList<string> Thresholds { get; init; } = [];
}

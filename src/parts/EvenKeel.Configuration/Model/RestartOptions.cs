namespace EvenKeel.Configuration.Model;

/// <summary>What happens after an instance ended by itself or was killed: it is started again, after a back-off.</summary>
public sealed record RestartOptions
{
    /// <summary>Added before every replacement, to stand for a machine or image that takes long to start. Default 0.</summary>
    public TimeSpan Delay { get; init; } = TimeSpan.Zero;

    /// <summary>Back-off after the second end in a row; it doubles from there. The first restart is immediate. Default 500 ms.</summary>
    public TimeSpan First { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>The longest back-off. Default 30 s.</summary>
    public TimeSpan Max { get; init; } = TimeSpan.FromSeconds(30);
}

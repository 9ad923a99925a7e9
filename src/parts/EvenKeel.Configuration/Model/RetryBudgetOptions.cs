namespace EvenKeel.Configuration.Model;

/// <summary>How many retries a service gets, so that they cannot multiply the load of a service that fails.</summary>
public sealed record RetryBudgetOptions
{
    /// <summary>Retries for each hundred requests of <see cref="Window"/>. Default 20.</summary>
    public int Percent { get; init; } = 20;

    /// <summary>Retries for each second of the window, however few requests there are. Default 10.</summary>
    public int Reserve { get; init; } = 10;

    /// <summary>The window. Default 10 s.</summary>
    public TimeSpan Window { get; init; } = TimeSpan.FromSeconds(10);
}

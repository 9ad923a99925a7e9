namespace EvenKeel.Telemetry.Gateways;

/// <summary>What became of attempts to take a changed file over.</summary>
/// <param name="Applied">Taken over.</param>
/// <param name="Refused">Refused.</param>
/// <param name="LastSuccess">When the options in force were taken over.</param>
public readonly record struct ReloadCounts(int Applied, int Refused, DateTimeOffset LastSuccess);

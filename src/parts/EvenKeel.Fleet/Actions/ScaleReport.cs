namespace EvenKeel.Fleet.Actions;

/// <summary>What a change of the number of instances did.</summary>
/// <param name="Service">The service's name.</param>
/// <param name="Started">The names of the new instances, all ready.</param>
/// <param name="Stopped">How each removed instance was stopped.</param>
public sealed record ScaleReport(string Service, IReadOnlyList<string> Started, IReadOnlyList<StopReport> Stopped);

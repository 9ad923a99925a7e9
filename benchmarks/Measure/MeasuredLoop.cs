namespace Measure;

/// <summary>Something whose cost is measured.</summary>
/// <param name="Workload">What is done.</param>
/// <param name="Subject">What does it.</param>
/// <param name="Operation">What one turn of the loop is: the unit is nanoseconds for one.</param>
/// <param name="Run">Does it as often as it is told, and returns something that depends on every result, so that no compiler leaves it out.</param>
public sealed record MeasuredLoop(string Workload, string Subject, string Operation, Func<int, long> Run);

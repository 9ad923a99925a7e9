namespace Metering.Batches;

/// <summary>A batch is larger than it may be.</summary>
internal sealed class BatchLimitException(string message) : Exception(message);

namespace Metering.Aggregation;

/// <summary>What lets somebody in where no lock is held.</summary>
internal sealed class OpenPass : IAsyncDisposable
{
    public static readonly OpenPass Instance = new();

    private OpenPass()
    {
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

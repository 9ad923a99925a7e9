using Metering.Schema;

namespace Metering.Ingest;

/// <summary>Runs the writers. At the end nothing new is taken in, and what is inside is stored before the instance stops.</summary>
internal sealed class IngestService(IngestQueue queue, Preparation preparation, IReadOnlyList<IngestWriter> writers) : IHostedService
{
    private Task _writing = Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _writing = Task.Run(() => Task.WhenAll(writers.Select(writer => RunAsync(writer))), CancellationToken.None);
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        queue.Complete();
        await _writing.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    // Requests are refused before the database is prepared, so that a writer waits for it only when the service has nothing to store.
    private async Task RunAsync(IngestWriter writer)
    {
        await Task.WhenAny(preparation.Done, queue.Completed);
        await writer.RunAsync();
    }
}

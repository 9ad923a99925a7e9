using EvenKeel.Windows.Closing;
using EvenKeel.Windows.Ingest;
using Metering.Ingest;
using MeteringTimes.Audits;
using MeteringTimes.Events;

namespace MeteringTimes.Rungs;

/// <summary>
/// The transaction of the service itself, without HTTP: barriers, windows made known, ids, events, marks, and the look at ids that were taken. What a
/// window has of its events is not stored beside them; see docs/decisions/0009-metering-rests-on-one-transaction.md.
/// </summary>
internal sealed class IngestRung(Bench bench) : DirectRung(bench, IngestWriter.MostInBatch)
{
    private readonly IngestStatement _statement = new(bench.Direct.Windows, WindowEntry.MarkOf("fresh"));

    public override string Name => "transaction";

    public override string? Below => "unnest";

    protected override async Task<int> StoreAsync(Population population, Sample[] samples)
    {
        var ticket = new IngestTicket(EventsOf(population, samples));
        var batch = new IngestBatch([.. Enumerable.Range(0, samples.Length).Select(i => new IngestEntry(ticket, i))]);
        await using var connection = await ConnectAsync();
        await _statement.StoreAsync(connection, batch, isRepeated: false, CancellationToken.None);
        return batch.Outcomes.Contains(IngestOutcome.Conflict) || batch.Outcomes.Contains(IngestOutcome.Unavailable)
            ? throw new BenchmarkException("events are in conflict with what is stored")
            : batch.Outcomes.Count(outcome => outcome == IngestOutcome.Processed);
    }

    protected override async Task AuditAsync(IReadOnlyList<Feed> feeds)
    {
        await base.AuditAsync(feeds);
        var closer = new WindowCloser(Bench.Direct.Source, Bench.Direct.Windows, "benchmark", TimeProvider.System);
        await Bench.Direct.SettleAsync(() => closer.RunOnceAsync(CancellationToken.None));
        await LedgerAudit.RunAsync(Bench.Direct, feeds, Bench.Direct.Windows.Length);
    }
}

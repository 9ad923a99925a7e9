using Metering.Events;

namespace Metering.Ingest;

/// <summary>The events of one request on their way, and what became of each.</summary>
/// <param name="events">The events.</param>
internal sealed class IngestTicket(UsageEvent[] events)
{
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly IngestOutcome[] _outcomes = new IngestOutcome[events.Length];
    private int _left = events.Length;

    public UsageEvent[] Events => events;

    /// <summary>What became of each, in order; complete when <see cref="Done"/> is.</summary>
    public IReadOnlyList<IngestOutcome> Outcomes => _outcomes;

    /// <summary>Ends when every event has an outcome; it never fails.</summary>
    public Task Done => _done.Task;

    /// <summary>Decides one event, once.</summary>
    public void Decide(int index, IngestOutcome outcome)
    {
        _outcomes[index] = outcome;
        if (Interlocked.Decrement(ref _left) == 0)
        {
            _done.SetResult();
        }
    }
}

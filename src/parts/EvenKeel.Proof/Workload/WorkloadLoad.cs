using EvenKeel.Consistency.Histories;
using EvenKeel.Proof.Clocks;
using EvenKeel.Proof.Exchanges;
using EvenKeel.Proof.Load;
using EvenKeel.Proof.Recording;

namespace EvenKeel.Proof.Workload;

/// <summary>Sends the operations of one phase at evenly spaced times, whatever the service does, and records them.</summary>
internal sealed class WorkloadLoad(
    WorkloadClient client, SessionPool sessions, HttpDriver http, OperationRecorder recorder, WorkloadProblems problems, RunClock clock) : IScenarioLoad
{
    /// <summary>The largest number of operations under way; the time of further ones comes, but they wait in the driver.</summary>
    public const int MaxUnderWay = 1024;

    /// <inheritdoc/>
    public async Task RunAsync(OperationPhase phase, double rate, TimeSpan duration, CancellationToken cancellationToken)
    {
        var schedule = ArrivalSchedule.Constant(rate, duration);
        var start = clock.Now;
        var queue = new ArrivalQueue(MaxUnderWay, (intended, token) => StepAsync(phase, start + intended, token), cancellationToken);
        var pacer = new Pacer(clock.Time, clock.Time.GetTimestamp());
        await pacer.RunAsync(schedule.IntendedTimes(), queue.Add, cancellationToken).ConfigureAwait(false);
        await pacer.UntilAsync(duration, cancellationToken).ConfigureAwait(false);
        await queue.CompleteAsync().ConfigureAwait(false);
    }

    private async Task StepAsync(OperationPhase phase, TimeSpan intended, CancellationToken cancellationToken)
    {
        var session = sessions.Take();
        var reply = await session.StepAsync(client, http, phase, intended, cancellationToken).ConfigureAwait(false);
        sessions.Return(session);
        problems.Note(reply);

        // Whatever was sent is recorded, also when the run is being stopped.
        await recorder.AddAsync(reply.Operation, reply.Shown, CancellationToken.None).ConfigureAwait(false);
    }
}

using System.Globalization;
using EvenKeel.Consistency.Histories;
using EvenKeel.Proof.Clocks;
using EvenKeel.Proof.Exchanges;
using EvenKeel.Proof.Recording;
using EvenKeel.Proof.Workload;

namespace EvenKeel.Proof.Runs;

/// <summary>Removes the elements that the run added, a few at a time. What cannot be removed stays; no verdict depends on it.</summary>
internal sealed class CleanUp(WorkloadClient client, HttpDriver gateway, OperationRecorder recorder, RunClock clock)
{
    /// <summary>How many removals are under way at a time.</summary>
    public const int AtATime = 8;

    /// <summary>After this long the rest stays.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    /// <summary>Removes elements.</summary>
    public async Task RunAsync(IReadOnlyCollection<Element> elements, CancellationToken cancellationToken)
    {
        var deadline = clock.Now + Limit;
        var left = new Queue<Element>(elements);
        var gate = new Lock();
        await Task.WhenAll(Enumerable.Range(1, Math.Min(AtATime, elements.Count)).Select(async worker =>
        {
            var session = string.Create(CultureInfo.InvariantCulture, $"clean-up-{worker}");
            while (clock.Now < deadline && !cancellationToken.IsCancellationRequested)
            {
                Element element;
                lock (gate)
                {
                    if (!left.TryDequeue(out element))
                    {
                        return;
                    }
                }

                var call = new WorkloadCall(session, OperationPhase.CleanUp, clock.Now) { Id = element.Id, Value = element.Value };
                var reply = await client.RemoveAsync(gateway, call, cancellationToken).ConfigureAwait(false);
                await recorder.AddAsync(reply.Operation, null, CancellationToken.None).ConfigureAwait(false);
            }
        })).ConfigureAwait(false);
    }
}

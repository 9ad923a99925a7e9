using EvenKeel.Consistency.Histories;
using EvenKeel.Proof.Clocks;
using EvenKeel.Proof.Exchanges;
using EvenKeel.Proof.Recording;
using EvenKeel.Proof.Systems;
using EvenKeel.Proof.Workload;

namespace EvenKeel.Proof.Runs;

/// <summary>
/// The last reads, when nothing is added any more: every instance at its own address, again and again until two rounds in a row agree or the time is
/// up, and then several times through the gateway.
/// </summary>
internal sealed class FinalReads(WorkloadClient client, OperationRecorder recorder, WorkloadProblems problems, RunClock clock)
{
    /// <summary>Time between two rounds.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    /// <summary>Reads through the gateway for every instance, so that a balancer in turn reaches each several times.</summary>
    public const int GatewayReadsPerInstance = 5;

    /// <summary>Reads.</summary>
    /// <param name="system">What is read.</param>
    /// <param name="gateway">The driver of the gateway.</param>
    /// <param name="converge">How long the instances may take to agree.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <returns>Every distinct element that an instance showed in the last round.</returns>
    public async Task<IReadOnlySet<Element>> RunAsync(ISystemUnderTest system, HttpDriver gateway, TimeSpan converge, CancellationToken cancellationToken)
    {
        var instances = system.Instances;
        var drivers = instances.Select(instance => new HttpDriver(instance.Address, 2, clock.Time)).ToArray();
        try
        {
            var deadline = clock.Now + converge;
            var agreed = 0;
            HashSet<Element>?[] round;
            while (true)
            {
                round = await Task.WhenAll(instances.Select((instance, index) => ReadAsync(drivers[index], instance.Name, cancellationToken)))
                    .ConfigureAwait(false);
                agreed = Agree(round) ? agreed + 1 : 0;
                if (agreed == 2 || clock.Now >= deadline)
                {
                    break;
                }

                await Task.Delay(Interval, clock.Time, cancellationToken).ConfigureAwait(false);
            }

            for (var read = 0; read < GatewayReadsPerInstance * instances.Count; read++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                await ReadAsync(gateway, null, cancellationToken).ConfigureAwait(false);
            }

            return round.OfType<HashSet<Element>>().SelectMany(elements => elements).ToHashSet();
        }
        finally
        {
            Array.ForEach(drivers, driver => driver.Dispose());
        }
    }

    private static bool Agree(HashSet<Element>?[] round) =>
        round.All(elements => elements is not null) && round.All(elements => elements!.SetEquals(round[0]!));

    private async Task<HashSet<Element>?> ReadAsync(HttpDriver http, string? direct, CancellationToken cancellationToken)
    {
        var call = new WorkloadCall(direct is null ? "final" : $"final-{direct}", OperationPhase.Final, clock.Now) { Direct = direct };
        var reply = await client.ListAsync(http, call, cancellationToken).ConfigureAwait(false);
        problems.Note(reply);
        await recorder.AddAsync(reply.Operation, reply.Shown, CancellationToken.None).ConfigureAwait(false);
        return reply.Shown?.ToHashSet();
    }
}

using EvenKeel.Consistency.Histories;
using EvenKeel.Proof.Exchanges;

namespace EvenKeel.Proof.Workload;

/// <summary>
/// One user: adds an element, reads, adds again. Which comes next is drawn by the seed, because a fixed order would fall into step with a balancer's
/// own order and always read from the same instance. One operation at a time.
/// </summary>
internal sealed class Session(string name, Random random)
{
    private (string Id, string? Value)? _last;
    private bool _added;

    /// <summary>Its name in the history.</summary>
    public string Name => name;

    /// <summary>True after an unknown outcome: the user cannot tell what happened, so nothing later can be compared with what it did before.</summary>
    public bool Ended { get; private set; }

    /// <summary>Sends the session's next operation.</summary>
    public async Task<WorkloadReply> StepAsync(
        WorkloadClient client, HttpDriver http, OperationPhase phase, TimeSpan intended, CancellationToken cancellationToken)
    {
        var call = new WorkloadCall(name, phase, intended);
        if (!_added || random.Next(2) == 0)
        {
            var reply = await client.AddAsync(http, call, cancellationToken).ConfigureAwait(false);
            Ended = reply.Operation.Outcome == OperationOutcome.Unknown;
            _added |= reply.Operation.Outcome == OperationOutcome.Ok;
            if (reply.Operation is { Outcome: OperationOutcome.Ok, ElementId: { } id })
            {
                _last = (id, reply.Operation.Value);
            }

            return reply;
        }

        return client.HasGet && _last is { } last && random.Next(2) == 0
            ? await client.GetAsync(http, call with { Id = last.Id, Value = last.Value }, cancellationToken).ConfigureAwait(false)
            : await client.ListAsync(http, call, cancellationToken).ConfigureAwait(false);
    }
}

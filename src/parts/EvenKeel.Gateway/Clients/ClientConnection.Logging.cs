using EvenKeel.Gateway.AccessLogs;
using EvenKeel.Gateway.Problems;

namespace EvenKeel.Gateway.Clients;

// The line of a request that was refused before there was an exchange: nothing of it is known for sure but its client.
internal sealed partial class ClientConnection
{
    private void LogRefusal(Problem problem)
    {
        if (loop.AccessLog is { } log)
        {
            long now = loop.Events.Timestamp;
            var record = new AccessRecord
            {
                Status = problem.Status, Termination = Termination.Problem, Problem = problem.Code, Started = now, Ended = now,
            };
            log.AddUnread(ref record, Address);
        }
    }
}

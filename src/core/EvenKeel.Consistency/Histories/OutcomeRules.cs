using System.Globalization;

namespace EvenKeel.Consistency.Histories;

/// <summary>Turns what a client saw of a request into what is known about its effect.</summary>
public static class OutcomeRules
{
    /// <summary>
    /// Judges a request. An add is unknown after a time-out, a broken connection, any 5xx that may come from behind the gateway, and a 2xx
    /// that cannot be read; it is failed only when nothing was sent, when the gateway says it never forwarded it, or on a status that states
    /// "not applied" (4xx without 408, and 3xx). A read is never unknown: it showed the elements or it failed.
    /// </summary>
    /// <returns>The outcome, and why it is not ok (null when it is).</returns>
    public static (OperationOutcome Outcome, string? Reason) Judge(OperationKind kind, Reply reply)
    {
        var (applied, reason) = Applied(reply);
        if (applied == OperationOutcome.Ok)
        {
            return (OperationOutcome.Ok, null);
        }

        if (kind == OperationKind.Get && reply is { Failure: TransportFailure.None, Status: 404, NeverForwarded: false })
        {
            // The service says that the element is not there: a reading, not a failure.
            return (OperationOutcome.Ok, null);
        }

        var isRead = kind is OperationKind.List or OperationKind.Get or OperationKind.Probe;
        return (isRead ? OperationOutcome.Failed : applied, reason);
    }

    private static (OperationOutcome Outcome, string? Reason) Applied(Reply reply)
    {
        switch (reply.Failure)
        {
            case TransportFailure.NotConnected:
                return (OperationOutcome.Failed, "refused");
            case TransportFailure.Broken:
                return (OperationOutcome.Unknown, "reset");
            case TransportFailure.TimedOut:
                return (OperationOutcome.Unknown, "timeout");
        }

        var reason = "http" + reply.Status.ToString(CultureInfo.InvariantCulture);
        return reply switch
        {
            { NeverForwarded: true } => (OperationOutcome.Failed, reason),
            { Status: >= 200 and < 300, Unreadable: true } => (OperationOutcome.Unknown, "unreadable"),
            { Status: >= 200 and < 300 } => (OperationOutcome.Ok, null),
            { Status: 408 } => (OperationOutcome.Unknown, reason),
            { Status: >= 300 and < 500 } => (OperationOutcome.Failed, reason),
            _ => (OperationOutcome.Unknown, reason),
        };
    }
}

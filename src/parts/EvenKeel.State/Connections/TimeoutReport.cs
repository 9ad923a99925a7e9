using System.Globalization;
using EvenKeel.State.Errors;
using EvenKeel.State.Options;

namespace EvenKeel.State.Connections;

/// <summary>Says of an operation whose time ran out where the time went, and what that means for its effect.</summary>
internal static class TimeoutReport
{
    /// <summary>Gives the operation up, and its connection when that was silent since the operation was taken.</summary>
    public static StateException GiveUp(
        PendingOperation operation, StateConnection? connection, StateClientOptions options, TimeProvider time, TimeSpan timeout, int pending)
    {
        long now = time.GetTimestamp();
        string where = $"{operation.Command} to {options.Address}: no reply within {timeout.TotalMilliseconds:0} ms";
        if (operation.TryWithdraw())
        {
            string why = connection is null ? "waiting for a connection" : "behind other operations";
            return new StateUnavailableException($"{where}; it was queued all the time, {why}, {pending} pending. The command was not sent.");
        }

        TimeSpan queued = time.GetElapsedTime(operation.EnqueuedAt, operation.TakenAt);
        long sentAt = operation.SentAt;
        string waited = sentAt == 0
            ? $"then {Milliseconds(time.GetElapsedTime(operation.TakenAt, now))} being sent"
            : $"sent after {Milliseconds(time.GetElapsedTime(operation.TakenAt, sentAt))}, then {Milliseconds(time.GetElapsedTime(sentAt, now))} awaiting the reply";
        string heard = connection is null
            ? "the connection is gone"
            : $"last heard of the server {Milliseconds(time.GetElapsedTime(connection.ReceivedAt, now))} ago";

        // Silence since the operation was taken: the peer is taken for dead, so that others do not wait for it as well.
        if (connection is not null && connection.ReceivedAt < operation.TakenAt)
        {
            connection.End("the server was silent for longer than an operation may take");
        }

        return new StateOutcomeUnknownException(
            $"{where} (queued {Milliseconds(queued)}, {waited}; {pending} pending, {heard}). The command may or may not have been executed.", connectionLost: false);
    }

    private static string Milliseconds(TimeSpan span) => string.Create(CultureInfo.InvariantCulture, $"{span.TotalMilliseconds:0.0} ms");
}

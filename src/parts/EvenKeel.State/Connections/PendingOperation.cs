using EvenKeel.Resp.Frames;
using EvenKeel.Resp.Replies;
using EvenKeel.State.Commands;
using EvenKeel.State.Errors;

namespace EvenKeel.State.Connections;

/// <summary>
/// One operation between its call and its reply. It is taken for sending at most once; a caller that gives up before that withdraws it, and
/// then it is certain that it was never sent. Its continuations never run on the thread that completes it.
/// </summary>
internal sealed class PendingOperation(IReadOnlyList<StateArgument> arguments, PendingLimit limit, long enqueued)
{
    private const int Queued = 0;
    private const int Taken = 1;
    private const int Withdrawn = 2;

    private readonly TaskCompletionSource<RespValue> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _phase;
    private long _taken;
    private long _sent;

    /// <summary>The reply, or the reason why there is none.</summary>
    public Task<RespValue> Reply => _completion.Task;

    /// <summary>The first argument.</summary>
    public string Command { get; } = arguments[0].ToString();

    /// <summary>Timestamp of the call.</summary>
    public long EnqueuedAt { get; } = enqueued;

    /// <summary>Timestamp at which it was handed to the connection; 0 while it waits.</summary>
    public long TakenAt => Volatile.Read(ref _taken);

    /// <summary>Timestamp at which the kernel had all of its bytes; 0 before.</summary>
    public long SentAt => Volatile.Read(ref _sent);

    /// <summary>Claims it for sending.</summary>
    /// <returns>False when it was withdrawn: it has left the limit and must be dropped.</returns>
    public bool TryTake(long now)
    {
        Volatile.Write(ref _taken, now);
        if (Interlocked.CompareExchange(ref _phase, Taken, Queued) == Queued)
        {
            return true;
        }

        limit.Leave();
        return false;
    }

    /// <summary>Claims it for its caller, who gives up. True when it was not and will not be sent.</summary>
    public bool TryWithdraw() => Interlocked.CompareExchange(ref _phase, Withdrawn, Queued) == Queued;

    /// <summary>Notes that the kernel has its bytes.</summary>
    public void MarkSent(long now) => Volatile.Write(ref _sent, now);

    /// <summary>Appends the request.</summary>
    public void WriteTo(RespWriter writer)
    {
        writer.WriteArrayHeader(arguments.Count);
        foreach (StateArgument argument in arguments)
        {
            argument.WriteTo(writer);
        }
    }

    /// <summary>Ends it with its reply.</summary>
    public void Complete(RespValue reply)
    {
        limit.Leave();
        if (reply.Kind == RespKind.Error)
        {
            _completion.TrySetException(new StateServerException(Command, reply.Text));
        }
        else
        {
            _completion.TrySetResult(reply);
        }
    }

    /// <summary>Ends it without a reply, after it was taken for sending.</summary>
    public void Lose(string reason)
    {
        limit.Leave();
        _completion.TrySetException(new StateOutcomeUnknownException(
            $"{Command}: {reason} before the reply came. The command may or may not have been executed.", connectionLost: true));
    }

    /// <summary>Ends it as never sent, unless it was taken before.</summary>
    public void Refuse(string reason)
    {
        if (Interlocked.CompareExchange(ref _phase, Withdrawn, Queued) == Queued)
        {
            _completion.TrySetException(new StateUnavailableException($"{Command}: {reason}. The command was not sent."));
        }

        limit.Leave();
    }
}

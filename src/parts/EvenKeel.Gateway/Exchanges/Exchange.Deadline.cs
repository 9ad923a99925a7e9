using EvenKeel.Gateway.Endpoints;
using EvenKeel.Gateway.Problems;

namespace EvenKeel.Gateway.Exchanges;

// Time: one deadline at a time, checked by the loop's sweep, so that no exchange needs a timer of its own.
internal sealed partial class Exchange
{
    private long _deadline;
    private long _progress;
    private Waiting _waiting;

    private enum Waiting
    {
        ForTurn,
        ForConnect,
        ForResponse,
        ForBytes,
    }

    /// <summary>Acts when the deadline has passed.</summary>
    public void CheckDeadline(long now)
    {
        if (Snapshot.RequestTicks > 0 && now - _started >= Snapshot.RequestTicks && !_isTunnel)
        {
            EndOverdue();
            return;
        }

        if (now < _deadline || _deadline == 0)
        {
            return;
        }

        switch (_waiting)
        {
            case Waiting.ForTurn:
                Fail(new Problem(ProblemCode.QueueTimeout));
                break;
            case Waiting.ForConnect:
                Lose(UpstreamFailure.ConnectTimeout);
                break;
            case Waiting.ForResponse:
                Fail(new Problem(ProblemCode.ResponseTimeout), EndpointOutcome.Failed);
                break;
            case Waiting.ForBytes when Progress() != _progress:
                ArmIdle();
                break;
            default:
                EndIdle();
                break;
        }
    }

    // The time of the whole exchange is over, whatever moves: the answer names the stage that it was in. Nothing is tried again.
    private void EndOverdue()
    {
        if (_response.HasHead)
        {
            Truncate(EndpointOutcome.Neutral);
        }
        else if (_waiting == Waiting.ForTurn)
        {
            Fail(new Problem(ProblemCode.QueueTimeout));
        }
        else if (_waiting == Waiting.ForConnect)
        {
            Fail(new Problem(ProblemCode.ConnectTimeout), EndpointOutcome.Failed);
        }
        else if (!_request.IsComplete && !_upstreamBacklogged)
        {
            Fail(new Problem(ProblemCode.RequestTimeout));
        }
        else
        {
            Fail(new Problem(ProblemCode.DeadlineExceeded), EndpointOutcome.Failed);
        }
    }

    // Nothing moved: the one whose turn it was is to blame. A client that does not read is known by what is queued for it.
    private void EndIdle()
    {
        if (_isTunnel)
        {
            EndTunnel(clean: false);
        }
        else if (!_request.IsComplete && !_upstreamBacklogged)
        {
            Fail(new Problem(ProblemCode.RequestTimeout));
        }
        else if (_response.HasHead && Client.QueuedBytes > 0)
        {
            Truncate(EndpointOutcome.Neutral);
        }
        else
        {
            Fail(new Problem(ProblemCode.ResponseTimeout), EndpointOutcome.Failed);
        }
    }

    private void ArmForRequest()
    {
        // The time to connect runs from the beginning of the attempt: bytes of the body do not prolong it.
        if (!_upstream!.IsOpen)
        {
            return;
        }

        if (_request.IsComplete && !_response.HasHead)
        {
            Arm(Waiting.ForResponse, Snapshot.ResponseTicks);
        }
        else
        {
            ArmIdle();
        }
    }

    private void ArmIdle()
    {
        _progress = Progress();
        Arm(Waiting.ForBytes, Snapshot.IdleTicks);
    }

    private void Arm(Waiting waiting, long ticks)
    {
        _waiting = waiting;
        _deadline = loop.Events.Timestamp + ticks;
    }

    private long Progress() => Client.AcceptedBytes - Client.QueuedBytes + (_upstream is null ? 0 : _upstream.AcceptedBytes - _upstream.QueuedBytes);
}

using EvenKeel.Gateway.Endpoints;

namespace EvenKeel.Gateway.Tcp;

// Time: one deadline at a time, checked by the loop's sweep.
internal sealed partial class TcpRelay
{
    private RelaySide? _left;
    private long _deadline;
    private long _progress;

    /// <summary>Acts when the deadline has passed.</summary>
    public void CheckDeadline(long now)
    {
        if (now < _deadline)
        {
            return;
        }

        switch (_phase)
        {
            case RelayPhase.Header or RelayPhase.Hello:
                End(TcpOutcome.HandshakeTimeout);
                break;
            case RelayPhase.Connecting:
                TryNext(EndpointOutcome.Failed);
                break;
            case RelayPhase.Relaying when Progress() != _progress:
                ArmIdle();
                break;
            case RelayPhase.Relaying:
                End(TcpOutcome.IdleTimeout);
                break;
            case RelayPhase.Lingering when _left!.Connection.QueuedBytes < _progress:
                ArmLinger();
                break;
            case RelayPhase.Lingering when _left!.Connection.QueuedBytes == 0:
                // What the kernel still holds leaves after this; a reset would drop it.
                _phase = RelayPhase.Over;
                _left.Connection.Close();
                break;
            case RelayPhase.Lingering:
                End(_outcome);
                break;
        }
    }

    private void Linger(RelaySide left)
    {
        _phase = RelayPhase.Lingering;
        _left = left;
        left.Connection.PassTo(null);
        left.Resume();
        ArmLinger();
    }

    private void ArmLinger()
    {
        _progress = _left!.Connection.QueuedBytes;
        Arm(_loop.LingerTicks);
    }

    private void ArmIdle()
    {
        _progress = Progress();
        Arm(_plan.IdleTicks);
    }

    private void Arm(long ticks) => _deadline = _loop.Events.Timestamp + ticks;

    private long Progress() => Client.Progress + _upstream!.Progress;
}

using EvenKeel.Gateway.Endpoints;
using EvenKeel.Proxying.ProxyProtocol;
using EvenKeel.Transport.Connections;

namespace EvenKeel.Gateway.Tcp;

// The endpoint's side, until it is connected.
internal sealed partial class TcpRelay
{
    private const int MaxAttempts = 8;

    private TcpTarget? _target;
    private EndpointState?[]? _tried;
    private EndpointChoice _choice;
    private bool _hasChoice;
    private int _attempts;

    private void Connect(TcpTarget target)
    {
        _target = target;
        CountIn(target.Series);
        _tried = new EndpointState?[MaxAttempts];
        _phase = RelayPhase.Connecting;
        Client.Pause();
        Attempt();
    }

    private void Attempt()
    {
        ChooseContext context = _target!.ContextOf(_source.Address, _tried.AsSpan(0, _attempts));
        if (_attempts == MaxAttempts || !_target.Chooser.TryChoose(in context, out _choice))
        {
            End(_attempts == 0 ? TcpOutcome.NoHealthyInstance : TcpOutcome.ConnectFailed);
            return;
        }

        _hasChoice = true;
        _tried![_attempts++] = _choice.Endpoint;
        var side = new RelaySide(this);
        _upstream = side.Attach(Begin(_choice.Endpoint, side));

        Arm(_plan.ConnectTicks);
    }

    private Connection Begin(EndpointState endpoint, RelaySide side)
    {
        Span<byte> header = stackalloc byte[ProxyHeaderWriter.MaxLength];
        header = _target!.Header is { } version
            ? header[..ProxyHeaderWriter.Write(version, _source, _destination ?? _source, header)]
            : default;
        if (_target.Tls is { } tls)
        {
            return tls.Connect(_loop.Events, endpoint.Address, side, _loop.SessionWith(endpoint, tls), header);
        }

        Connection plain = _loop.Events.Connect(endpoint.Address, side);
        plain.Send(header);
        return plain;
    }

    // A connection that was accepted speaks for its endpoint, however it goes on: what it carries is the protocol's matter.
    private void BeginRelaying()
    {
        _choice = _choice.Settle(EndpointOutcome.Succeeded);
        _phase = RelayPhase.Relaying;
        Client.Connection.PassTo(_upstream!.Connection);
        _upstream.Connection.PassTo(Client.Connection);
        Client.Resume();
        ArmIdle();
    }

    private void CloseConnecting(RelaySide side, CloseReason reason)
    {
        if (side == Client)
        {
            ReleaseEndpoint(EndpointOutcome.Neutral);
            End(TcpOutcome.ClientAborted);
        }
        else
        {
            // For want of a descriptor of its own the gateway blames nobody.
            TryNext(reason == CloseReason.NoDescriptor ? EndpointOutcome.Neutral : EndpointOutcome.Failed);
        }
    }

    private void TryNext(EndpointOutcome outcome)
    {
        ReleaseEndpoint(outcome);
        RelaySide given = _upstream!;
        _upstream = null;
        _loop.NoteTlsFailure(_choice.Endpoint, given.Connection.TlsFailure);
        given.Connection.Abort();
        _loop.Counters.Retries++;
        _series!.Retries++;
        Attempt();
    }

    private void ReleaseEndpoint(EndpointOutcome outcome)
    {
        if (_hasChoice)
        {
            _hasChoice = false;
            _choice.End(outcome);
        }
    }
}

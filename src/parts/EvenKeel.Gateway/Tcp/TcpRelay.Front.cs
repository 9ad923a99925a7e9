using System.Net;
using EvenKeel.Proxying.ClientHellos;
using EvenKeel.Proxying.ProxyProtocol;

namespace EvenKeel.Gateway.Tcp;

// What a client's connection begins with: the PROXY header, which is for the gateway, and the ClientHello, which is passed on untouched.
internal sealed partial class TcpRelay
{
    private IPEndPoint _source;
    private IPEndPoint? _destination;

    private void BeginFront()
    {
        _destination = Client.Connection.Local;
        Arm(_plan.HandshakeTicks);
        if (_plan.Trusted is not null)
        {
            _phase = RelayPhase.Header;
        }
        else
        {
            EndHeader();
        }
    }

    private void EndHeader()
    {
        if (_plan.Names.IsEmpty)
        {
            Connect(_plan.Default!);
        }
        else
        {
            _phase = RelayPhase.Hello;
        }
    }

    private int ReadFront(ReadOnlySpan<byte> bytes)
    {
        int taken = 0;
        if (_phase == RelayPhase.Header)
        {
            switch (ProxyHeaderParser.Parse(bytes, out ProxyHeader header))
            {
                case ProxyHeaderStatus.Incomplete:
                    return 0;
                case ProxyHeaderStatus.Invalid:
                    End(TcpOutcome.BadProxyHeader);
                    return bytes.Length;
            }

            taken = header.Length;
            _source = header.Source ?? _source;
            _destination = header.Destination ?? _destination;
            EndHeader();
        }

        return _phase == RelayPhase.Hello && taken < bytes.Length ? taken + ReadHello(bytes[taken..]) : taken;
    }

    // What is not taken is presented again once an endpoint is connected.
    private int ReadHello(ReadOnlySpan<byte> bytes)
    {
        Span<byte> name = stackalloc byte[ClientHelloParser.MaxName];
        switch (ClientHelloParser.Parse(bytes, name, out int length))
        {
            case ClientHelloStatus.Incomplete:
                return 0;
            case ClientHelloStatus.Complete when (_plan.Names.Find(name[..length]) ?? _plan.Default) is { } target:
                Connect(target);
                return 0;
            case ClientHelloStatus.Complete:
                Refuse(TcpOutcome.UnknownServerName, TlsAlert.UnrecognizedName);
                return bytes.Length;
            default:
                Refuse(TcpOutcome.BadClientHello, TlsAlert.DecodeError);
                return bytes.Length;
        }
    }

    private void Refuse(TcpOutcome outcome, ReadOnlySpan<byte> alert)
    {
        _outcome = outcome;
        Client.Connection.Send(alert);
        Client.Connection.ShutdownSend();
        Linger(Client);
    }
}

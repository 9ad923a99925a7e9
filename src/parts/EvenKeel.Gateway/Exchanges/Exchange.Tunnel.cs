using EvenKeel.Gateway.AccessLogs;
using EvenKeel.Gateway.Endpoints;
using EvenKeel.Transport.Connections;

namespace EvenKeel.Gateway.Exchanges;

// After 101 (RFC 9110 section 7.8) both connections carry another protocol: bytes go both ways as they are, each side's end is passed on.
internal sealed partial class Exchange
{
    private int TunnelToClient(ReceivedBytes bytes, int consumed)
    {
        if (!_isTunnel)
        {
            _isTunnel = true;
            Client.Resume();
        }

        Client.Send(bytes.Data[consumed..]);
        NoteRelayed();
        return bytes.Data.Length;
    }

    private int TunnelToUpstream(ReceivedBytes bytes)
    {
        NoteSent(_upstream!.Send(bytes.Data));
        ArmIdle();
        return bytes.Data.Length;
    }

    private void EndTunnel(bool clean)
    {
        _termination = loop.IsEnding ? Termination.Shutdown : clean ? Termination.Ok : Termination.Truncated;
        ReleaseEndpoint(EndpointOutcome.Succeeded, clean ? AfterUpstream.Close : AfterUpstream.Reset);
        End(clean ? AfterExchange.Close : AfterExchange.Abort);
    }
}

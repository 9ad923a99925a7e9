using System.Net;
using System.Text;
using EvenKeel.Gateway.Loops;
using EvenKeel.Gateway.Routing;
using EvenKeel.Proxying.ProxyProtocol;
using EvenKeel.Transport.Connections;

namespace EvenKeel.Gateway.Clients;

// The PROXY header in front of the first request, or of TLS, on a gateway whose clients are proxies.
internal sealed partial class ClientConnection
{
    private bool _isIntroduced;
    private IPEndPoint? _source;
    private IPEndPoint? _destination;

    /// <summary>The client, as the PROXY header says when there was one.</summary>
    public IPEndPoint Source => _source ?? connection.Remote;

    /// <summary>The address that the client connected to, as the PROXY header says when there was one.</summary>
    public IPEndPoint Destination => _destination ?? connection.Local ?? connection.Remote;

    /// <summary>A connection whose header was read in front of its TLS.</summary>
    public static ClientConnection Introduced(GatewayLoop loop, Connection connection, in ProxyHeader header)
    {
        var client = new ClientConnection(loop, connection) { _isIntroduced = true };
        client.Introduce(header);
        return client;
    }

    private int ReadProxyHeader(ReadOnlySpan<byte> bytes)
    {
        switch (ProxyHeaderParser.Parse(bytes, out ProxyHeader header))
        {
            case ProxyHeaderStatus.Complete:
                _phase = ClientPhase.Idle;
                Introduce(header);
                return header.Length;
            case ProxyHeaderStatus.Invalid:
                RefuseSource();
                return bytes.Length;
            default:
                return 0;
        }
    }

    private void Introduce(in ProxyHeader header)
    {
        if (header.Source is { } source)
        {
            _source = source;
            _destination = header.Destination;
            _address = Encoding.ASCII.GetBytes(source.Address.ToString());
            AddressBits = ClientNetwork.BitsOf(source.Address);
        }
    }

    // Whoever is there speaks another protocol: an answer in HTTP would be for nobody.
    private void RefuseSource()
    {
        loop.Counters.RefusedSources++;
        Abort();
    }
}

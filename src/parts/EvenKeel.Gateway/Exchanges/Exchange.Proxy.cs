using EvenKeel.Gateway.Upstreams;
using EvenKeel.Proxying.ProxyProtocol;

namespace EvenKeel.Gateway.Exchanges;

// The PROXY header says once for a connection who its client is. A service that reads it gets a new connection for each exchange, which no
// pool keeps: the next request on it would pass for one of the same client.
internal sealed partial class Exchange
{
    private UpstreamConnection Connect()
    {
        if (_route!.Header is not { } version)
        {
            return _pool!.Connect(default);
        }

        Span<byte> header = stackalloc byte[ProxyHeaderWriter.MaxLength];
        return _pool!.Connect(header[..ProxyHeaderWriter.Write(version, Client.Source, Client.Destination, header)]);
    }
}

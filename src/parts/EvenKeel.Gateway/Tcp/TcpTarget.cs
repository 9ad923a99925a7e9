using EvenKeel.Gateway.Endpoints;
using EvenKeel.Proxying.ProxyProtocol;
using EvenKeel.Transport.Tls;

namespace EvenKeel.Gateway.Tcp;

/// <summary>A service as a listener's connections reach it.</summary>
/// <param name="Service">Its name.</param>
/// <param name="Chooser">Chooses its endpoints.</param>
/// <param name="Header">The PROXY header that its instances read first, or null.</param>
/// <param name="Tls">What connects to its instances with TLS, or null.</param>
/// <param name="Series">What each loop counts.</param>
internal sealed record TcpTarget(string Service, EndpointChooser Chooser, ProxyVersion? Header, TlsClient? Tls, TcpCounters[] Series);

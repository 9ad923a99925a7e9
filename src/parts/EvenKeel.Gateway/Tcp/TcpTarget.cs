using EvenKeel.Gateway.Endpoints;
using EvenKeel.Proxying.ProxyProtocol;

namespace EvenKeel.Gateway.Tcp;

/// <summary>A service as a listener's connections reach it.</summary>
/// <param name="Service">Its name.</param>
/// <param name="Chooser">Chooses its endpoints.</param>
/// <param name="Header">The PROXY header that its instances read first, or null.</param>
internal sealed record TcpTarget(string Service, EndpointChooser Chooser, ProxyVersion? Header);

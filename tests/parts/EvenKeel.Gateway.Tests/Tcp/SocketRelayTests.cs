using EvenKeel.Transport.Loops;
using EvenKeel.Transport.Sockets;

namespace EvenKeel.Gateway.Tests.Tcp;

public sealed class SocketRelayTests : RelayConformance
{
    protected override LoopGroup Open(LoopGroupOptions options) => new SocketLoopGroup(options);
}

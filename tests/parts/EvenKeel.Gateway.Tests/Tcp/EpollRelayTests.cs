using EvenKeel.Transport.Epoll;
using EvenKeel.Transport.Loops;

namespace EvenKeel.Gateway.Tests.Tcp;

public sealed class EpollRelayTests : RelayConformance
{
    protected override LoopGroup Open(LoopGroupOptions options) => new EpollLoopGroup(options);
}

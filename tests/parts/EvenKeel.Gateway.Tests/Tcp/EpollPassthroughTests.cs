using EvenKeel.Transport.Epoll;
using EvenKeel.Transport.Loops;

namespace EvenKeel.Gateway.Tests.Tcp;

public sealed class EpollPassthroughTests : PassthroughConformance
{
    protected override LoopGroup Open(LoopGroupOptions options) => new EpollLoopGroup(options);
}

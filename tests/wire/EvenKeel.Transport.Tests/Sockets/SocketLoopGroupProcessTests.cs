using EvenKeel.Transport.Loops;
using EvenKeel.Transport.Sockets;
using EvenKeel.Transport.Tests.Conformance;

namespace EvenKeel.Transport.Tests.Sockets;

/// <summary>The rules of a connection, over Socket.</summary>
[Trait("Category", "Process")]
public sealed class SocketLoopGroupProcessTests : LoopGroupConformance
{
    protected override LoopGroup Start(LoopGroupOptions options) => new SocketLoopGroup(options);
}

using EvenKeel.Transport.Sockets;
using EvenKeel.Transport.Tests.Conformance;

namespace EvenKeel.Transport.Tests.Sockets;

/// <inheritdoc cref="TrafficConformance{TGroup}"/>
[Trait("Category", "Process")]
public sealed class SocketTrafficProcessTests : TrafficConformance<SocketLoopGroup>;

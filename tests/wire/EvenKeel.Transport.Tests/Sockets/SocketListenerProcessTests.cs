using EvenKeel.Transport.Sockets;
using EvenKeel.Transport.Tests.Conformance;

namespace EvenKeel.Transport.Tests.Sockets;

/// <inheritdoc cref="ListenerConformance{TGroup}"/>
[Trait("Category", "Process")]
public sealed class SocketListenerProcessTests : ListenerConformance<SocketLoopGroup>;

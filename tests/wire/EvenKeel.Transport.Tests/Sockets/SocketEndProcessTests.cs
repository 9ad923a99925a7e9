using EvenKeel.Transport.Sockets;
using EvenKeel.Transport.Tests.Conformance;

namespace EvenKeel.Transport.Tests.Sockets;

/// <inheritdoc cref="EndConformance{TGroup}"/>
[Trait("Category", "Process")]
public sealed class SocketEndProcessTests : EndConformance<SocketLoopGroup>;

using EvenKeel.Transport.Sockets;
using EvenKeel.Transport.Tests.Conformance;

namespace EvenKeel.Transport.Tests.Sockets;

/// <inheritdoc cref="ConnectConformance{TGroup}"/>
[Trait("Category", "Process")]
public sealed class SocketConnectProcessTests : ConnectConformance<SocketLoopGroup>;

using EvenKeel.Transport.Sockets;
using EvenKeel.Transport.Tests.Conformance;

namespace EvenKeel.Transport.Tests.Sockets;

/// <inheritdoc cref="ConnectionConformance{TGroup}"/>
[Trait("Category", "Process")]
public sealed class SocketConnectionProcessTests : ConnectionConformance<SocketLoopGroup>;

using EvenKeel.Transport.Sockets;
using EvenKeel.Transport.Tests.Conformance;

namespace EvenKeel.Transport.Tests.Sockets;

/// <inheritdoc cref="LoopConformance{TGroup}"/>
[Trait("Category", "Process")]
public sealed class SocketLoopProcessTests : LoopConformance<SocketLoopGroup>;

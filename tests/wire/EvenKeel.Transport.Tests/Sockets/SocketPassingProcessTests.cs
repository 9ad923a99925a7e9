using EvenKeel.Transport.Sockets;
using EvenKeel.Transport.Tests.Conformance;

namespace EvenKeel.Transport.Tests.Sockets;

/// <inheritdoc cref="PassingConformance{TGroup}"/>
[Trait("Category", "Process")]
public sealed class SocketPassingProcessTests : PassingConformance<SocketLoopGroup>;

using EvenKeel.Transport.Sockets;
using EvenKeel.Transport.Tests.Conformance;

namespace EvenKeel.Transport.Tests.Sockets;

/// <inheritdoc cref="TlsConformance{TGroup}"/>
[Trait("Category", "Process")]
public sealed class SocketTlsProcessTests : TlsConformance<SocketLoopGroup>;

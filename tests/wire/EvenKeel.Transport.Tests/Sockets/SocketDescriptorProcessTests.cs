using EvenKeel.Transport.Sockets;
using EvenKeel.Transport.Tests.Conformance;

namespace EvenKeel.Transport.Tests.Sockets;

/// <inheritdoc cref="DescriptorConformance{TGroup}"/>
[Trait("Category", "Process")]
[Collection(AloneCollection.Name)]
public sealed class SocketDescriptorProcessTests : DescriptorConformance<SocketLoopGroup>;

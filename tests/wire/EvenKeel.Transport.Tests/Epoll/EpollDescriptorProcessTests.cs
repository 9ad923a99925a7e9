using EvenKeel.Transport.Epoll;
using EvenKeel.Transport.Tests.Conformance;

namespace EvenKeel.Transport.Tests.Epoll;

/// <inheritdoc cref="DescriptorConformance{TGroup}"/>
[Trait("Category", "Process")]
[Collection(AloneCollection.Name)]
public sealed class EpollDescriptorProcessTests : DescriptorConformance<EpollLoopGroup>;

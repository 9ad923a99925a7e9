using EvenKeel.Transport.Epoll;
using EvenKeel.Transport.Tests.Conformance;

namespace EvenKeel.Transport.Tests.Epoll;

/// <inheritdoc cref="LoopConformance{TGroup}"/>
[Trait("Category", "Process")]
public sealed class EpollLoopProcessTests : LoopConformance<EpollLoopGroup>;

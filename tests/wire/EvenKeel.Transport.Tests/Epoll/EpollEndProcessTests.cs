using EvenKeel.Transport.Epoll;
using EvenKeel.Transport.Tests.Conformance;

namespace EvenKeel.Transport.Tests.Epoll;

/// <inheritdoc cref="EndConformance{TGroup}"/>
[Trait("Category", "Process")]
public sealed class EpollEndProcessTests : EndConformance<EpollLoopGroup>;

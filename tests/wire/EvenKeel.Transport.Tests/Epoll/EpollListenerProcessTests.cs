using EvenKeel.Transport.Epoll;
using EvenKeel.Transport.Tests.Conformance;

namespace EvenKeel.Transport.Tests.Epoll;

/// <inheritdoc cref="ListenerConformance{TGroup}"/>
[Trait("Category", "Process")]
public sealed class EpollListenerProcessTests : ListenerConformance<EpollLoopGroup>;

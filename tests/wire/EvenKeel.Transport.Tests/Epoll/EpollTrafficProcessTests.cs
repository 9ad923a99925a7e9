using EvenKeel.Transport.Epoll;
using EvenKeel.Transport.Tests.Conformance;

namespace EvenKeel.Transport.Tests.Epoll;

/// <inheritdoc cref="TrafficConformance{TGroup}"/>
[Trait("Category", "Process")]
public sealed class EpollTrafficProcessTests : TrafficConformance<EpollLoopGroup>;

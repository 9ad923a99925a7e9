using EvenKeel.Transport.Epoll;
using EvenKeel.Transport.Tests.Conformance;

namespace EvenKeel.Transport.Tests.Epoll;

/// <inheritdoc cref="ConnectConformance{TGroup}"/>
[Trait("Category", "Process")]
public sealed class EpollConnectProcessTests : ConnectConformance<EpollLoopGroup>;

using EvenKeel.Transport.Epoll;
using EvenKeel.Transport.Tests.Conformance;

namespace EvenKeel.Transport.Tests.Epoll;

/// <inheritdoc cref="TlsConformance{TGroup}"/>
[Trait("Category", "Process")]
public sealed class EpollTlsProcessTests : TlsConformance<EpollLoopGroup>;

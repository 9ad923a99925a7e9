using EvenKeel.Transport.Epoll;
using EvenKeel.Transport.Tests.Conformance;

namespace EvenKeel.Transport.Tests.Epoll;

/// <inheritdoc cref="ConnectionConformance{TGroup}"/>
[Trait("Category", "Process")]
public sealed class EpollConnectionProcessTests : ConnectionConformance<EpollLoopGroup>;

namespace EvenKeel.Gateway.Tests.Wire;

/// <summary>What the loops of a gateway under test are made of. Public, because theories name it.</summary>
public enum TransportKind
{
    /// <summary>The sockets of the platform.</summary>
    Sockets = 0,

    /// <summary>epoll, on Linux.</summary>
    Epoll,
}

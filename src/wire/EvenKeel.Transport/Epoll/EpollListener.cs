using System.Net;
using EvenKeel.Transport.Listeners;

namespace EvenKeel.Transport.Epoll;

/// <summary>An address with one listening socket per loop.</summary>
internal sealed class EpollListener : Listener
{
    private readonly EpollAcceptor[] _acceptors;
    private readonly ListenerSet _siblings;

    /// <summary>Takes over the listening descriptors, one per loop, and begins to accept.</summary>
    public EpollListener(IPEndPoint local, int[] descriptors, int maxConnections, EpollLoop[] loops, IConnectionAcceptor[] acceptors, ListenerSet siblings)
    {
        Local = local;
        _siblings = siblings;
        var gate = new AcceptGate(maxConnections, PostAccept);
        _acceptors = [.. loops.Select((loop, i) => new EpollAcceptor(loop, descriptors[i], gate, acceptors[i]))];
    }

    /// <inheritdoc/>
    public override IPEndPoint Local { get; }

    /// <summary>Begins to accept.</summary>
    public void Start()
    {
        foreach (EpollAcceptor acceptor in _acceptors)
        {
            if (!acceptor.Loop.TryPost(static state => ((EpollAcceptor)state!).Open(), acceptor))
            {
                acceptor.Close();
            }
        }
    }

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        _siblings.Remove(this);
        foreach (EpollAcceptor acceptor in _acceptors)
        {
            acceptor.Loop.Post(static state => ((EpollAcceptor)state!).Close(), acceptor);
        }

        // A loop that has ended has closed its listening sockets.
        await Task.WhenAll(_acceptors.Select(acceptor => Task.WhenAny(acceptor.Closed, acceptor.Loop.Ended))).ConfigureAwait(false);
    }

    private void PostAccept()
    {
        foreach (EpollAcceptor acceptor in _acceptors)
        {
            acceptor.Loop.Post(static state => ((EpollAcceptor)state!).Accept(), acceptor);
        }
    }
}

using System.Collections.Concurrent;
using EvenKeel.Transport.Loops;

namespace EvenKeel.Gateway.Tests.Wire;

/// <summary>Collects exceptions of callbacks: there must be none in any test.</summary>
internal sealed class LoopFailures : ILoopObserver
{
    public ConcurrentQueue<Exception> All { get; } = [];

    public void OnHandlerFailed(EventLoop loop, Exception error) => All.Enqueue(error);

    public void OnBlocked(EventLoop loop, TimeSpan elapsed, string callback)
    {
        // A busy test machine may stop a thread anywhere.
    }

    public void OnAcceptPaused(EventLoop loop, TimeSpan pause, string reason) => All.Enqueue(new InvalidOperationException(reason));
}

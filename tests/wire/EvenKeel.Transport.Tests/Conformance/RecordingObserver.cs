using System.Collections.Concurrent;
using EvenKeel.Transport.Loops;

namespace EvenKeel.Transport.Tests.Conformance;

/// <summary>Writes down what loops report.</summary>
internal sealed class RecordingObserver : ILoopObserver
{
    public ConcurrentQueue<Exception> Failures { get; } = [];

    public ConcurrentQueue<string> Blocked { get; } = [];

    public ConcurrentQueue<string> Pauses { get; } = [];

    public void OnHandlerFailed(EventLoop loop, Exception error) => Failures.Enqueue(error);

    public void OnBlocked(EventLoop loop, TimeSpan elapsed, string callback) => Blocked.Enqueue(callback);

    public void OnAcceptPaused(EventLoop loop, TimeSpan pause, string reason) => Pauses.Enqueue(reason);
}

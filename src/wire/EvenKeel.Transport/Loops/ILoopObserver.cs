namespace EvenKeel.Transport.Loops;

/// <summary>Is told, on the loop's thread, of what a loop meets but cannot hand to a handler. Must return quickly and not throw.</summary>
public interface ILoopObserver
{
    /// <summary>A handler's callback threw; its connection has been aborted.</summary>
    void OnHandlerFailed(EventLoop loop, Exception error);

    /// <summary>A callback kept the loop for longer than <see cref="LoopGroupOptions.BlockedAfter"/>.</summary>
    void OnBlocked(EventLoop loop, TimeSpan elapsed, string callback);

    /// <summary>Accepting failed, mostly because no descriptors are left; it is tried again after <paramref name="pause"/>.</summary>
    void OnAcceptPaused(EventLoop loop, TimeSpan pause, string reason);
}

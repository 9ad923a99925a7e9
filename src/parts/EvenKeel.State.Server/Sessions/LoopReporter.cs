using EvenKeel.Transport.Loops;
using Microsoft.Extensions.Logging;

namespace EvenKeel.State.Server.Sessions;

/// <summary>Logs what the loop meets.</summary>
internal sealed class LoopReporter(ILogger logger) : ILoopObserver
{
    public void OnHandlerFailed(EventLoop loop, Exception error) => StateServerLog.HandlerFailed(logger, error);

    public void OnBlocked(EventLoop loop, TimeSpan elapsed, string callback) => StateServerLog.Blocked(logger, elapsed, callback);

    public void OnAcceptPaused(EventLoop loop, TimeSpan pause, string reason) => StateServerLog.AcceptPaused(logger, pause, reason);
}

using Microsoft.Extensions.Logging;

namespace EvenKeel.State.Server;

internal static partial class StateServerLog
{
    [LoggerMessage(EventId = 4101, Level = LogLevel.Error, Message = "A command failed inside the state node; its connection was closed")]
    public static partial void HandlerFailed(ILogger logger, Exception error);

    [LoggerMessage(EventId = 4102, Level = LogLevel.Warning, Message = "The state node's loop was kept for {Elapsed} by {Callback}")]
    public static partial void Blocked(ILogger logger, TimeSpan elapsed, string callback);

    [LoggerMessage(EventId = 4103, Level = LogLevel.Warning, Message = "The state node pauses accepting for {Pause}: {Reason}")]
    public static partial void AcceptPaused(ILogger logger, TimeSpan pause, string reason);
}

using Microsoft.Extensions.Logging;

namespace EvenKeel.Gateway.Loops;

internal static partial class LoopLog
{
    [LoggerMessage(EventId = 2101, Level = LogLevel.Error, Message = "loop {Loop}: a callback threw; its connection was aborted")]
    public static partial void HandlerFailed(ILogger logger, int loop, Exception error);

    [LoggerMessage(EventId = 2102, Level = LogLevel.Warning, Message = "loop {Loop} was blocked for {Milliseconds:0} ms by the callback '{Callback}'")]
    public static partial void Blocked(ILogger logger, int loop, double milliseconds, string callback);

    [LoggerMessage(EventId = 2103, Level = LogLevel.Error,
        Message = "loop {Loop} takes no new connections for the moment: {Reason}. Raise the limit of open files, or lower gateway.limits.connections")]
    public static partial void AcceptPaused(ILogger logger, int loop, string reason);
}

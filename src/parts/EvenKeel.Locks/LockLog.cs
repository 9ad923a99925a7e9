using Microsoft.Extensions.Logging;

namespace EvenKeel.Locks;

internal static partial class LockLog
{
    [LoggerMessage(EventId = 4201, Level = LogLevel.Warning, Message = "The lease of the lock {Name} (token {Token}) is lost: {Reason}")]
    public static partial void Lost(ILogger logger, string name, long token, string reason);

    [LoggerMessage(EventId = 4202, Level = LogLevel.Warning, Message = "The lock {Name} could not be given up: {Reason}; it ends with its lease")]
    public static partial void ReleaseFailed(ILogger logger, string name, string reason);

    [LoggerMessage(EventId = 4203, Level = LogLevel.Warning, Message = "Waiters for locks are not woken: {Reason}; they look by themselves meanwhile")]
    public static partial void ListenFailed(ILogger logger, string reason);
}

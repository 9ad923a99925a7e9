using EvenKeel.Control.Health;
using Microsoft.Extensions.Logging;

namespace EvenKeel.Gateway.Health;

internal static partial class HealthLog
{
    [LoggerMessage(EventId = 2101, Level = LogLevel.Information, Message = "{Endpoint} is {To}, was {From}: {Reason}")]
    public static partial void Recovered(ILogger logger, string endpoint, HealthStatus from, HealthStatus to, string reason);

    [LoggerMessage(EventId = 2102, Level = LogLevel.Warning, Message = "{Endpoint} is {To}, was {From}: {Reason}")]
    public static partial void Lost(ILogger logger, string endpoint, HealthStatus from, HealthStatus to, string reason);

    [LoggerMessage(EventId = 2103, Level = LogLevel.Error, Message = "{Endpoint} is not checked any more: a listener of its transitions failed")]
    public static partial void CheckingFailed(ILogger logger, string endpoint, Exception error);

    [LoggerMessage(EventId = 2104, Level = LogLevel.Warning, Message = "{Endpoint} is not ready yet: {Reason}")]
    public static partial void NotReady(ILogger logger, string endpoint, string reason);

    [LoggerMessage(EventId = 2105, Level = LogLevel.Error, Message = "{Endpoint} could not be checked: too many open files. Raise their limit")]
    public static partial void NotChecked(ILogger logger, string endpoint);
}

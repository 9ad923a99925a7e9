using Microsoft.Extensions.Logging;

namespace EvenKeel.State;

internal static partial class StateLog
{
    [LoggerMessage(EventId = 4001, Level = LogLevel.Information, Message = "Connected to the state server at {Address}")]
    public static partial void Connected(ILogger logger, string address);

    [LoggerMessage(EventId = 4002, Level = LogLevel.Warning, Message = "Lost the state server at {Address}: {Reason}; reconnecting")]
    public static partial void Lost(ILogger logger, string address, string reason);

    [LoggerMessage(
        EventId = 4003, Level = LogLevel.Warning, Message = "Cannot connect to the state server at {Address}: {Reason}; trying again until it succeeds")]
    public static partial void ConnectFailed(ILogger logger, string address, string reason);

    [LoggerMessage(EventId = 4004, Level = LogLevel.Warning, Message = "Lost the subscriptions at the state server at {Address}: {Reason}; reconnecting")]
    public static partial void SubscriberLost(ILogger logger, string address, string reason);
}

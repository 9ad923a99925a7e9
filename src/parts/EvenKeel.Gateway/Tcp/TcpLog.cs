using System.Net;
using Microsoft.Extensions.Logging;

namespace EvenKeel.Gateway.Tcp;

internal static partial class TcpLog
{
    [LoggerMessage(EventId = 2301, Level = LogLevel.Information, Message = "gateway passes TCP connections on at {Address}")]
    public static partial void Listening(ILogger logger, IPEndPoint address);

    [LoggerMessage(EventId = 2305, Level = LogLevel.Information, Message = "gateway takes no more TCP connections at {Address}")]
    public static partial void Closed(ILogger logger, IPEndPoint address);

    [LoggerMessage(EventId = 2304, Level = LogLevel.Information, Message = "gateway has new options for {Listeners} TCP listeners")]
    public static partial void Applied(ILogger logger, int listeners);

    [LoggerMessage(EventId = 2302, Level = LogLevel.Information, Message = "gateway drains: {Active} TCP connections are open")]
    public static partial void Draining(ILogger logger, long active);

    [LoggerMessage(EventId = 2303, Level = LogLevel.Warning, Message = "gateway has not drained in {Timeout}: {Active} TCP connections are cut off")]
    public static partial void DrainTimedOut(ILogger logger, TimeSpan timeout, long active);
}

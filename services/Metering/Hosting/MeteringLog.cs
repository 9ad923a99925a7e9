namespace Metering.Hosting;

internal static partial class MeteringLog
{
    [LoggerMessage(EventId = 1, Level = LogLevel.Information, Message = "Metering {Instance} at {Address}, Redis {Redis}, profiles {Profiles}, bug {Bug}")]
    public static partial void Started(ILogger logger, string instance, string address, string redis, string profiles, string bug);

    [LoggerMessage(EventId = 2, Level = LogLevel.Error, Message = "{Method} {Path} failed")]
    public static partial void RequestFailed(ILogger logger, string method, string path, Exception error);

    [LoggerMessage(EventId = 3, Level = LogLevel.Error, Message = "Events cannot be stored: {Reason}")]
    public static partial void StoreFailed(ILogger logger, string reason);

    [LoggerMessage(EventId = 4, Level = LogLevel.Warning, Message = "The database is not prepared yet: {Reason}; it is tried again and again")]
    public static partial void NotPrepared(ILogger logger, string reason);

    [LoggerMessage(EventId = 5, Level = LogLevel.Warning, Message = "Redis does not answer: {Reason}; windows are closed without its lock meanwhile")]
    public static partial void GateOpen(ILogger logger, string reason);
}

namespace Albums.Hosting;

internal static partial class AlbumsLog
{
    [LoggerMessage(EventId = 1, Level = LogLevel.Information, Message = "Albums at {Address}, store {Store}, bug {Bug}")]
    public static partial void Started(ILogger logger, string address, string store, string bug);

    [LoggerMessage(EventId = 2, Level = LogLevel.Error, Message = "The store is not available: {Reason}")]
    public static partial void StoreUnavailable(ILogger logger, string reason);

    [LoggerMessage(EventId = 3, Level = LogLevel.Error, Message = "The outcome of a write is not known: {Reason}")]
    public static partial void OutcomeUnknown(ILogger logger, string reason);

    [LoggerMessage(EventId = 4, Level = LogLevel.Error, Message = "{Method} {Path} failed")]
    public static partial void RequestFailed(ILogger logger, string method, string path, Exception error);
}

namespace Metering.Hosting;

internal static partial class MeteringLog
{
    [LoggerMessage(EventId = 1, Level = LogLevel.Information, Message = "Metering {Instance} at {Address}, Redis {Redis}, profiles {Profiles}, bug {Bug}")]
    public static partial void Started(ILogger logger, string instance, string address, string redis, string profiles, string bug);

    [LoggerMessage(EventId = 2, Level = LogLevel.Error, Message = "{Method} {Path} failed")]
    public static partial void RequestFailed(ILogger logger, string method, string path, Exception error);
}

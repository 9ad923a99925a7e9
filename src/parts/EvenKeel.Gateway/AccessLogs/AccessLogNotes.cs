using Microsoft.Extensions.Logging;

namespace EvenKeel.Gateway.AccessLogs;

/// <summary>What the access log says in the program's own log.</summary>
internal static partial class AccessLogNotes
{
    [LoggerMessage(EventId = 2401, Level = LogLevel.Error, Message = "the access log cannot be written, lines are lost until it can: {Reason}")]
    public static partial void Failed(ILogger logger, string reason);

    [LoggerMessage(EventId = 2402, Level = LogLevel.Information, Message = "the access log is written again")]
    public static partial void Mended(ILogger logger);

    [LoggerMessage(EventId = 2403, Level = LogLevel.Error, Message = "the access log cannot be opened anew, the old file stays in use: {Reason}")]
    public static partial void NotReopened(ILogger logger, string reason);
}

using Microsoft.Extensions.Logging;

namespace EvenKeel.Fleet;

/// <summary>What the fleet logs. Event ids 3100 to 3199.</summary>
internal static partial class FleetLog
{
    [LoggerMessage(3100, LogLevel.Information, "{Service} {Instance}#{Generation} {Text}")]
    public static partial void Happened(ILogger logger, string service, string instance, int generation, string text);

    [LoggerMessage(3101, LogLevel.Error, "A job of the fleet failed, which is a fault of the fleet; its state may be behind")]
    public static partial void JobFailed(ILogger logger, Exception error);

    [LoggerMessage(3102, LogLevel.Error, "The recorder of the fleet failed on an event; the event is missing from its record")]
    public static partial void RecorderFailed(ILogger logger, Exception error);

    [LoggerMessage(3103, LogLevel.Debug, "Output of {Instance}#{Generation} ended early: {Reason}")]
    public static partial void OutputEnded(ILogger logger, string instance, int generation, string reason);

    [LoggerMessage(3104, LogLevel.Error, "The log file of {Instance} cannot be written and is given up; free the disk and restart the fleet")]
    public static partial void LogFileFailed(ILogger logger, string instance, Exception error);

    [LoggerMessage(3105, LogLevel.Error, "Traffic of {Instance}#{Generation} could not be withdrawn in order")]
    public static partial void WithdrawFailed(ILogger logger, string instance, int generation, Exception error);

    [LoggerMessage(3106, LogLevel.Error, "Traffic of {Instance}#{Generation} could not be admitted")]
    public static partial void AdmitFailed(ILogger logger, string instance, int generation, Exception error);

    [LoggerMessage(3107, LogLevel.Error, "Work for {Instance}#{Generation} failed unexpectedly")]
    public static partial void WorkFailed(ILogger logger, string instance, int generation, Exception error);

    [LoggerMessage(3108, LogLevel.Error, "The fleet was disposed although processes of it are left")]
    public static partial void DisposeFailed(ILogger logger, Exception error);
}

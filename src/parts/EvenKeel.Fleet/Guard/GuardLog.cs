using EvenKeel.Fleet.Processes;
using Microsoft.Extensions.Logging;

namespace EvenKeel.Fleet.Guard;

internal static partial class GuardLog
{
    [LoggerMessage(5200, LogLevel.Debug, "The guardian runs as process {Pid}")]
    public static partial void GuardianStarted(this ILogger logger, int pid);

    [LoggerMessage(
        5201, LogLevel.Warning, "The guardian, process {Pid}, ended ({Exit}); until another one runs, a supervisor that is killed leaves its instances behind")]
    public static partial void GuardianEnded(this ILogger logger, int pid, ProcessExit exit);

    [LoggerMessage(5202, LogLevel.Error, "The guardian could not be started: {Reason} Next attempt in {Delay}")]
    public static partial void GuardianNotStarted(this ILogger logger, string reason, TimeSpan delay);

    [LoggerMessage(5203, LogLevel.Warning, "The guardian, process {Pid}, does not read its pipe; it is killed and another one is started")]
    public static partial void GuardianHangs(this ILogger logger, int pid);

    [LoggerMessage(5204, LogLevel.Warning, "More than {Limit} sessions are guarded; process {Pid} is guarded by its environment alone")]
    public static partial void TooManyRecords(this ILogger logger, int limit, int pid);

    [LoggerMessage(5205, LogLevel.Information, "The guardian says: {Line}")]
    public static partial void GuardianSays(this ILogger logger, string line);
}

using Microsoft.Extensions.Logging;

namespace EvenKeel.Windows.Running;

internal static partial class WindowLog
{
    [LoggerMessage(1, LogLevel.Warning, "Windows can be neither closed nor revised, and it is tried again and again; nothing is lost by it")]
    public static partial void Failed(ILogger logger, Exception error);

    [LoggerMessage(2, LogLevel.Information, "Windows are closed and revised again")]
    public static partial void Recovered(ILogger logger);
}

namespace EvenKeel.Cli.Exits;

/// <summary>What an exit code says, in words.</summary>
internal static class ExitText
{
    public static string Of(ExitCode exit) => exit switch
    {
        ExitCode.Done => "done",
        ExitCode.Usage => "usage",
        ExitCode.Configuration => "the configuration is not valid",
        ExitCode.Environment => "the environment is not ready",
        ExitCode.NotFound => "not found",
        ExitCode.TimedOut => "timed out",
        ExitCode.ServiceFailed => "the service failed",
        ExitCode.Violation => "violation",
        ExitCode.Inconclusive => "inconclusive",
        ExitCode.Threshold => "a threshold does not hold",
        ExitCode.Interrupted => "interrupted",
        ExitCode.Terminated => "terminated",
        _ => "internal error",
    };
}

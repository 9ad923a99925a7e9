using EvenKeel.Cli.Exits;
using EvenKeel.Configuration.Model;
using EvenKeel.Gateway.AccessLogs;

namespace EvenKeel.Cli.Clusters;

/// <summary>Opens the access log that the configuration asks for.</summary>
internal static class AccessLogFile
{
    /// <summary>Opens it, or gives null when there is none.</summary>
    /// <exception cref="CommandException">The file cannot be opened.</exception>
    public static AccessLog? Open(ClusterOptions cluster, int loops, ClusterSettings settings)
    {
        var options = cluster.Gateway.AccessLog;
        if (options is { File: null, ToStdout: false })
        {
            return null;
        }

        var path = options.File is { } file ? Path.GetFullPath(file, cluster.Directory) : null;
        var logger = settings.Logs.CreateLogger("EvenKeel.Gateway.AccessLogs");
        try
        {
            return new AccessLog(() => path is null ? Console.OpenStandardOutput() : OpenFile(path), loops, settings.Time, logger);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new CommandException(ExitCode.Environment, "EK3011", $"the access log cannot be opened: {error.Message}",
                "make its folder, or set gateway.accessLog to another file");
        }
    }

    // Others may rename, remove and read the file while it is written. Each batch of lines is one write: there is nothing to buffer.
    private static FileStream OpenFile(string path) =>
        new(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
}

using System.Diagnostics;

namespace Metering.Tests.Deploy;

/// <summary>A program of the machine that a test runs to its end. Skips the test loudly where it is not installed.</summary>
internal static class Tool
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    /// <summary>Skips the test when a program is missing.</summary>
    public static void Need(string program, string package) =>
        Assert.SkipUnless(File.Exists(program), $"SKIPPED, {Path.GetFileName(program)} is not installed: apt-get install {package}");

    /// <summary>Runs a program in a folder, with what it writes read to the end.</summary>
    public static async Task<(int ExitCode, string Output, string Error)> RunAsync(string program, string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Deadline);
        try
        {
            Task<string> error = process.StandardError.ReadToEndAsync(limit.Token);
            string output = await process.StandardOutput.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
            return (process.ExitCode, output, await error);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }
}

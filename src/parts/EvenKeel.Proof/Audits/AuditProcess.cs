using System.ComponentModel;
using System.Diagnostics;
using EvenKeel.Configuration.Model;
using EvenKeel.Consistency.Checks;

namespace EvenKeel.Proof.Audits;

/// <summary>
/// Runs the audit of the file as a process of its own, to its end or to its limit, and keeps what it writes. It is a child of this program and no
/// instance: after a crash of this program it ends when the cluster does not answer it any more, or when it is done.
/// </summary>
internal sealed class AuditProcess(AuditOptions options, IReadOnlyDictionary<string, string> environment, TimeProvider time)
{
    /// <summary>How many lines are kept: the last ones.</summary>
    public const int MaxLines = 10_000;

    /// <summary>Where a line is cut.</summary>
    public const int MaxLineLength = 1000;

    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(5);
    private readonly Queue<string> _lines = new();
    private readonly Lock _gate = new();

    /// <summary>Runs it.</summary>
    /// <exception cref="OperationCanceledException">The run was stopped; the audit was ended.</exception>
    public async Task<AuditStatement> RunAsync(CancellationToken cancellationToken)
    {
        using var process = new Process { StartInfo = StartInfo() };
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        try
        {
            process.Start();
        }
        catch (Exception error) when (error is Win32Exception or FileNotFoundException or DirectoryNotFoundException)
        {
            return new AuditStatement(null, [], $"{options.Command[0]} could not be started: {error.Message}");
        }

        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        using var limit = new CancellationTokenSource(options.Timeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await process.WaitForExitAsync(both.Token).ConfigureAwait(false);
            return new AuditStatement(process.ExitCode, Lines(), null);
        }
        catch (OperationCanceledException)
        {
            await EndAsync(process).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            return new AuditStatement(null, Lines(), $"it did not end within {Quantities.Show(options.Timeout)} (checks.audit.timeout sets the time)");
        }
    }

    private static async Task EndAsync(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
            using var limit = new CancellationTokenSource(EndLimit, TimeProvider.System);
            await process.WaitForExitAsync(limit.Token).ConfigureAwait(false);
        }
        catch (Exception error) when (error is InvalidOperationException or OperationCanceledException or Win32Exception or AggregateException)
        {
            // It has ended meanwhile, or something that it started keeps its output open; nothing waits for that.
        }
    }

    private ProcessStartInfo StartInfo()
    {
        // Without a slash a name is looked up in PATH; with one it starts at the file's folder, as all paths of the file do.
        var program = options.Command[0].Contains('/', StringComparison.Ordinal) ? Path.GetFullPath(options.Command[0], options.Directory) : options.Command[0];
        var start = new ProcessStartInfo(program, options.Command.Skip(1))
        {
            WorkingDirectory = options.Directory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = false,
        };
        foreach (var (name, value) in environment.Concat(options.Environment))
        {
            start.Environment[name] = value;
        }

        return start;
    }

    private void Keep(string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (_gate)
        {
            if (_lines.Count == MaxLines)
            {
                _lines.Dequeue();
            }

            _lines.Enqueue(line.Length > MaxLineLength ? line[..MaxLineLength] : line);
        }
    }

    private string[] Lines()
    {
        lock (_gate)
        {
            return [.. _lines];
        }
    }
}

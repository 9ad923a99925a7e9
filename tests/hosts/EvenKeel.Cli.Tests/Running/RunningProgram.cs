using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace EvenKeel.Cli.Tests.Running;

/// <summary>A run of the program that has not ended yet.</summary>
internal sealed class RunningProgram : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(150);
    private readonly Process _process;
    private readonly string _commandLine;
    private readonly StringBuilder _out = new();
    private readonly StringBuilder _error = new();
    private readonly Task _read;
    private bool _disposed;

    public RunningProgram(ProcessStartInfo start)
    {
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        start.RedirectStandardInput = true;
        _commandLine = $"{start.FileName} {string.Join(' ', start.ArgumentList)}";
        _process = Process.Start(start)!;
        _process.StandardInput.Close();
        _read = Task.WhenAll(ReadAsync(_process.StandardOutput, _out), ReadAsync(_process.StandardError, _error));
    }

    public int Pid => _process.Id;

    public bool HasEnded => _process.HasExited;

    /// <summary>What came to standard output so far.</summary>
    public string Out => TextOf(_out);

    /// <summary>What came to standard error so far.</summary>
    public string Error => TextOf(_error);

    /// <summary>Sends a signal to this process alone.</summary>
    public void Signal(PosixSignal signal) => ProcessSignals.Send(Pid, signal);

    /// <summary>Ends it as a crash does.</summary>
    public void Kill() => _process.Kill(entireProcessTree: false);

    /// <summary>Waits until standard output has a text.</summary>
    public Task PrintsAsync(string text) => Eventually.TrueAsync(
        () => Out.Contains(text, StringComparison.Ordinal)
            || (HasEnded && Fail(text)), Limit, () => $"{_commandLine} has not printed '{text}'\n{Out}\n{Error}");

    /// <summary>Waits until standard error has a text.</summary>
    public Task SaysAsync(string text) => Eventually.TrueAsync(
        () => Error.Contains(text, StringComparison.Ordinal) || (HasEnded && Fail(text)), Limit, () => $"{_commandLine} has not said '{text}'\n{Out}\n{Error}");

    /// <summary>Waits for its end and for the end of its output: nothing that it left behind may hold that open.</summary>
    public async Task<ProgramResult> EndAsync(TimeSpan? within = null)
    {
        using var limit = new CancellationTokenSource(within ?? EndLimit, TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, TestContext.Current.CancellationToken);
        try
        {
            await _process.WaitForExitAsync(either.Token);
            await _read.WaitAsync(either.Token);
        }
        catch (OperationCanceledException)
        {
            var what = HasEnded ? "ended, but its output is held open" : "has not ended";
            Assert.Fail($"after {(within ?? EndLimit).TotalSeconds} s: {_commandLine} {what}\n--- stdout\n{Out}\n--- stderr\n{Error}");
        }

        return new ProgramResult(_commandLine, _process.ExitCode, Out, Error);
    }

    public void Dispose()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    private bool Fail(string text)
    {
        // What was printed at the very end may still be under way.
        return _read.IsCompleted && !Out.Contains(text, StringComparison.Ordinal) && !Error.Contains(text, StringComparison.Ordinal)
            ? throw new InvalidOperationException($"{_commandLine} ended with {_process.ExitCode} and without '{text}'\n--- stdout\n{Out}\n--- stderr\n{Error}")
            : false;
    }

    private static string TextOf(StringBuilder text)
    {
        lock (text)
        {
            return text.ToString();
        }
    }

    private static async Task ReadAsync(StreamReader from, StringBuilder to)
    {
        var buffer = new char[4096];
        int read;
        while ((read = await from.ReadAsync(buffer)) > 0)
        {
            lock (to)
            {
                to.Append(buffer, 0, read);
            }
        }
    }
}

using System.Runtime.InteropServices;
using EvenKeel.Cli.Exits;
using EvenKeel.Cli.Terminals;

namespace EvenKeel.Cli.Signals;

/// <summary>SIGINT, SIGTERM and SIGHUP end a command in order; a second SIGINT ends the program at once.</summary>
internal sealed class EndSignals : IDisposable
{
    private readonly CancellationTokenSource _ending = new();
    private readonly PosixSignalRegistration[] _registrations;
    private readonly Terminal _terminal;
    private int _received;

    public EndSignals(Terminal terminal)
    {
        _terminal = terminal;
        _registrations =
        [
            PosixSignalRegistration.Create(PosixSignal.SIGINT, End),
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, End),
            PosixSignalRegistration.Create(PosixSignal.SIGHUP, End),
        ];
    }

    public CancellationToken Token => _ending.Token;

    /// <summary>The exit code that the signal asks for, or null when none came.</summary>
    public ExitCode? Exit { get; private set; }

    public void Dispose()
    {
        foreach (var registration in _registrations)
        {
            registration.Dispose();
        }

        _ending.Dispose();
    }

    private void End(PosixSignalContext signal)
    {
        // A second one is left to the system, which ends the process; the guardian then ends the instances.
        if (Interlocked.Increment(ref _received) > 1)
        {
            return;
        }

        signal.Cancel = true;
        Exit = signal.Signal == PosixSignal.SIGINT ? ExitCode.Interrupted : ExitCode.Terminated;
        if (signal.Signal == PosixSignal.SIGINT)
        {
            _terminal.Progress("stopping; a second Ctrl-C stops at once");
        }

        _ending.Cancel();
    }
}

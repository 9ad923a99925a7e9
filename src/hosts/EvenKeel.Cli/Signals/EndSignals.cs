using System.Runtime.InteropServices;
using EvenKeel.Cli.Exits;
using EvenKeel.Cli.Terminals;

namespace EvenKeel.Cli.Signals;

/// <summary>
/// SIGINT, SIGTERM and SIGHUP end a command in order; a second SIGINT ends the program at once. A command may ask to be told of SIGHUP instead:
/// it is when standard input is no terminal. With one, SIGHUP says that the terminal is gone.
/// </summary>
internal sealed class EndSignals : IDisposable
{
    private readonly CancellationTokenSource _ending = new();
    private readonly PosixSignalRegistration[] _registrations;
    private readonly Terminal _terminal;
    private int _received;
    private Action? _onHangup;

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

    /// <summary>Calls back on a thread of the pool for each SIGHUP, in place of ending, until what is returned is disposed.</summary>
    public IDisposable OnHangup(Action action)
    {
        Volatile.Write(ref _onHangup, action);
        return new Release(this);
    }

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
        if (signal.Signal == PosixSignal.SIGHUP && Console.IsInputRedirected && Volatile.Read(ref _onHangup) is { } action)
        {
            signal.Cancel = true;
            action();
            return;
        }

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

    private sealed class Release(EndSignals signals) : IDisposable
    {
        public void Dispose() => Volatile.Write(ref signals._onHangup, null);
    }
}

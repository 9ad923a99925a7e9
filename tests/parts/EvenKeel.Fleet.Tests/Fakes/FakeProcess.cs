using System.Collections.Concurrent;
using EvenKeel.Fleet.Processes;

namespace EvenKeel.Fleet.Tests.Fakes;

/// <summary>A process in memory that obeys signals as a test wants it to.</summary>
internal sealed class FakeProcess(int id, ProcessStart start, ConcurrentQueue<string> sequence) : ISpawnedProcess
{
    private readonly TaskCompletionSource<ProcessExit> _exited = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly FakeOutput _output = new();
    private readonly FakeOutput _error = new();
    private volatile bool _frozen;
    private volatile bool _terminatePending;

    public ProcessStart Start => start;

    public string Instance => start.Environment["EVENKEEL_INSTANCE"];

    public int Port => int.Parse(start.Environment["PORT"], System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Whether the fake check finds it ready, and alive.</summary>
    public volatile bool Healthy = true;

    public volatile bool Alive = true;

    public volatile bool ObeysTerminate = true;

    public volatile bool ObeysKill = true;

    public volatile bool ObeysStop = true;

    /// <summary>Somebody of its session who survives it until killed.</summary>
    public volatile bool Survivor;

    public bool? CanTellWhetherStopped { get; set; } = true;

    public bool Disposed { get; private set; }

    public int Id => id;

    public long StartTime => id * 100;

    public Stream Output => _output;

    public Stream Error => _error;

    public Task<ProcessExit> Exited => _exited.Task;

    public bool Running => !_exited.Task.IsCompleted;

    public void Say(string text) => _output.Say(text);

    public void Complain(string text) => _error.Say(text);

    public void Exit(int code) => End(new ProcessExit(code, null));

    public int Signal(ProcessSignal signal)
    {
        if (Members().Count == 0)
        {
            return 0;
        }

        sequence.Enqueue($"{signal} {Instance}");
        switch (signal)
        {
            case ProcessSignal.Kill when ObeysKill:
                Survivor = false;
                End(new ProcessExit(null, 9));
                break;
            case ProcessSignal.Stop when ObeysStop:
                _frozen = true;
                break;
            case ProcessSignal.Continue:
                _frozen = false;
                if (_terminatePending)
                {
                    Exit(0);
                }

                break;
            case ProcessSignal.Terminate when ObeysTerminate && _frozen:
                _terminatePending = true;
                break;
            case ProcessSignal.Terminate when ObeysTerminate:
                Exit(0);
                break;
        }

        return 1;
    }

    public IReadOnlyList<int> Members() => (Running, Survivor) switch
    {
        (true, true) => [id, id + 1],
        (true, false) => [id],
        (false, true) => [id + 1],
        _ => [],
    };

    public bool? Listens(int port) => Running && port == Port;

    public bool? IsStopped() => CanTellWhetherStopped is null ? null : Running && _frozen;

    public void Dispose() => Disposed = true;

    private void End(ProcessExit exit)
    {
        _output.End();
        _error.End();
        _exited.TrySetResult(exit);
    }
}

using System.Collections.Concurrent;
using EvenKeel.Fleet.Processes;

namespace EvenKeel.Fleet.Tests.Fakes;

/// <summary>Starts processes in memory.</summary>
internal sealed class FakeSpawner(ConcurrentQueue<string> sequence) : IProcessSpawner
{
    private readonly ConcurrentQueue<FakeProcess> _started = new();
    private int _lastId;

    /// <summary>All processes, in the order of their start.</summary>
    public IReadOnlyList<FakeProcess> Started => [.. _started];

    /// <summary>Prepares each process; an exception refuses the start.</summary>
    public Action<FakeProcess> Prepare { get; set; } = _ => { };

    /// <summary>The last process of an instance.</summary>
    public FakeProcess Of(string instance) => _started.Last(process => process.Instance == instance);

    public ISpawnedProcess Start(ProcessStart start)
    {
        var process = new FakeProcess(_lastId += 1000, start, sequence);
        Prepare(process);
        sequence.Enqueue($"Start {process.Instance}");
        _started.Enqueue(process);
        return process;
    }
}

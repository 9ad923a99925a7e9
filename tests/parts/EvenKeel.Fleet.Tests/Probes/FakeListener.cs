using EvenKeel.Fleet.Processes;

namespace EvenKeel.Fleet.Tests.Probes;

/// <summary>A process of which only one thing is asked: whether it listens.</summary>
internal sealed class FakeListener(params bool?[] answers) : ISpawnedProcess
{
    private int _asked;

    public int Id => 1;

    public long StartTime => 1;

    public Stream Output => Stream.Null;

    public Stream Error => Stream.Null;

    public Task<ProcessExit> Exited => Task.FromResult(new ProcessExit(0, null));

    public int Signal(ProcessSignal signal) => 0;

    public IReadOnlyList<int> Members() => [];

    public bool? Listens(int port) => answers[Math.Min(_asked++, answers.Length - 1)];

    public bool? IsStopped() => false;

    public void Dispose()
    {
    }
}

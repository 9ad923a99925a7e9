using EvenKeel.Fleet.Processes.Sessions;
using Microsoft.Win32.SafeHandles;

namespace EvenKeel.Fleet.Processes.Linux;

/// <summary>
/// A child of this process that leads a session. Its end is reported when it was reaped; that says nothing of its output: what it wrote
/// before stays in the pipes and can be read to the end afterwards, and the end comes when the last process that inherited the pipe has closed it.
/// </summary>
internal sealed class LinuxProcess : ISpawnedProcess
{
    private readonly SessionKey _key;
    private readonly ChildExit _exit;

    /// <summary>Takes over a child that was just started, and the reading ends of its pipes.</summary>
    public LinuxProcess(SessionKey key, SafeFileHandle output, SafeFileHandle error)
    {
        _key = key;
        _exit = ChildExit.Watch(key.Id);
        Output = new PipeReadStream(output);
        Error = new PipeReadStream(error);
    }

    /// <inheritdoc/>
    public int Id => _key.Id;

    /// <inheritdoc/>
    public long StartTime => _key.StartTime;

    /// <inheritdoc/>
    public Stream Output { get; }

    /// <inheritdoc/>
    public Stream Error { get; }

    /// <inheritdoc/>
    public Task<ProcessExit> Exited => _exit.Task;

    /// <inheritdoc/>
    public int Signal(ProcessSignal signal) => SessionSignals.Send(
        signal, signal is ProcessSignal.Interrupt or ProcessSignal.Quit ? () => Living().FindAll(status => status.Id == Id) : Living);

    /// <inheritdoc/>
    public IReadOnlyList<int> Members() => [.. Living().Select(status => status.Id)];

    /// <inheritdoc/>
    public bool? Listens(int port)
    {
        HashSet<string> inodes = ListeningSockets.OnLoopback(port);
        return inodes.Count > 0 && Living().Exists(status => ListeningSockets.IsHeldBy(status.Id, inodes));
    }

    /// <inheritdoc/>
    public bool? IsStopped()
    {
        return SessionScan.IsStopped(Living());
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Output.Dispose();
        Error.Dispose();
    }

    private List<ProcessStatus> Living() => SessionScan.Living(_key, _exit.ReapedAt);
}

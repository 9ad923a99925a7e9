using System.Collections;
using EvenKeel.Fleet.Processes;
using EvenKeel.Fleet.Processes.Sessions;
using Microsoft.Extensions.Logging;

namespace EvenKeel.Fleet.Guard;

/// <summary>
/// The supervisor's side of the guard against its own sudden death (SIGKILL, a crash, the kernel short of memory): a process that holds the
/// reading end of a pipe and kills every recorded session when the pipe ends without a farewell. A guardian that dies is replaced.
/// </summary>
/// <remarks>
/// Start processes through a <see cref="GuardedProcessSpawner"/>: it puts <see cref="Marker"/>, which the guardian knows from its first line,
/// into their environment. So a process is guarded from its first instant, and its record only makes it faster and surer to find.
/// Not guarded is the time between the death of a guardian and the start of the next, about 0.1 s.
/// </remarks>
public sealed class Guardian : IAsyncDisposable
{
    private static readonly TimeSpan ReadyPatience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan FarewellPatience = TimeSpan.FromSeconds(5);
    private readonly ProcessStart _start;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Lock _gate = new();
    private readonly Dictionary<int, ISpawnedProcess> _records = [];
    private readonly CancellationTokenSource _stopping = new();
    private IGuardianLink? _link;
    private Task _watch = Task.CompletedTask;

    private Guardian(IReadOnlyList<string> command, TimeProvider time, ILogger logger)
    {
        // All variables, so that the runtime is found where this process found it; the root directory, so that no other is kept in use.
        _start = new ProcessStart(command, Path.GetPathRoot(Environment.CurrentDirectory) ?? "/", Environment.GetEnvironmentVariables()
            .Cast<DictionaryEntry>().ToDictionary(entry => (string)entry.Key, entry => (string?)entry.Value ?? ""));
        _time = time;
        _logger = logger;
    }

    /// <summary>The id that guarded processes carry in their environment.</summary>
    public string Marker { get; } = SessionMarker.Draw();

    /// <summary>The process id of the guardian, or null while there is none.</summary>
    public int? ProcessId
    {
        get
        {
            lock (_gate)
            {
                return _link?.Process.Id;
            }
        }
    }

    /// <summary>Starts a guardian and waits until it guards.</summary>
    /// <param name="command">What runs <see cref="GuardianProgram.RunAsync"/> on its standard input and output.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Gets what happens to the guardian.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="ProcessStartException">It could not be started, or ended, or was not ready in 20 s.</exception>
    public static async Task<Guardian> StartAsync(
        IReadOnlyList<string> command, TimeProvider time, ILogger logger, CancellationToken cancellationToken)
    {
        Guardian guardian = new(command, time, logger);
        IGuardianLink first = await guardian.OpenAsync(cancellationToken).ConfigureAwait(false);
        guardian._watch = guardian.WatchAsync(first);
        return guardian;
    }

    /// <summary>Records a process. Any thread may call it.</summary>
    public void Add(ISpawnedProcess process)
    {
        lock (_gate)
        {
            if (_records.Count >= GuardProtocol.RecordLimit && !_records.ContainsKey(process.Id))
            {
                _logger.TooManyRecords(GuardProtocol.RecordLimit, process.Id);
                return;
            }

            _records[process.Id] = process;
            Write(AddLine(process));
        }
    }

    /// <summary>Forgets a process, when nothing of its session is left. Any thread may call it.</summary>
    public void Remove(ISpawnedProcess process)
    {
        lock (_gate)
        {
            // The number may be that of a newer record by now.
            if (_records.TryGetValue(process.Id, out ISpawnedProcess? recorded) && ReferenceEquals(recorded, process))
            {
                _records.Remove(process.Id);
                Write(GuardProtocol.Remove(process.Id));
            }
        }
    }

    /// <summary>Says farewell: the guardian ends without killing anything.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        await _watch.ConfigureAwait(false);
        _stopping.Dispose();
    }

    private string AddLine(ISpawnedProcess process) => GuardProtocol.Add(process.Id, process.StartTime, Marker);

    /// <summary>Called with the lock held.</summary>
    private void Write(string line)
    {
        if (_link is { } open && !open.TryWrite(line) && !open.Process.Exited.IsCompleted)
        {
            // Killed before its pipe is closed: one that merely hung would take the closing for the supervisor's death.
            _logger.GuardianHangs(open.Process.Id);
            open.Process.Signal(ProcessSignal.Kill);
            _link = null;
        }
    }

    /// <summary>Keeps a guardian until disposed: 1. wait for its end, 2. replace it, waiting longer after each that did not live long.</summary>
    private async Task WatchAsync(IGuardianLink current)
    {
        GuardianPace pace = new(_time);
        IGuardianLink? open = current;
        while (true)
        {
            if (open is not null)
            {
                await ((Task)open.Process.Exited).WaitAsync(_stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                if (_stopping.IsCancellationRequested)
                {
                    await SayFarewellAsync(open).ConfigureAwait(false);
                    return;
                }

                _logger.GuardianEnded(open.Process.Id, await open.Process.Exited.ConfigureAwait(false));
                Detach(open);
            }

            TimeSpan delay = pace.Next();
            await Task.Delay(delay, _time, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (_stopping.IsCancellationRequested)
            {
                return;
            }

            open = await ReopenAsync(pace).ConfigureAwait(false);
        }
    }

    private async Task<IGuardianLink?> ReopenAsync(GuardianPace pace)
    {
        try
        {
            IGuardianLink open = await OpenAsync(_stopping.Token).ConfigureAwait(false);
            pace.Started();
            return open;
        }
        catch (OperationCanceledException)
        {
            return null;
        }
        catch (ProcessStartException failure)
        {
            _logger.GuardianNotStarted(failure.Message, pace.Delay);
            return null;
        }
    }

    private async Task<IGuardianLink> OpenAsync(CancellationToken cancellationToken)
    {
        IGuardianLink open = OperatingSystem.IsLinux() ? LinuxGuardianLink.Open(_start, _time) : PortableGuardianLink.Open(_start, _time);
        try
        {
            open.TryWrite(GuardProtocol.Mark(Marker));
            await new GuardianVoice(open.Process, _logger).ReadyAsync(ReadyPatience, _time, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            open.Process.Signal(ProcessSignal.Kill);
            open.Dispose();
            throw;
        }

        _logger.GuardianStarted(open.Process.Id);
        lock (_gate)
        {
            _link = open;
            foreach (ISpawnedProcess process in _records.Values)
            {
                // One that finds the pipe full is guarded by its marker.
                open.TryWrite(AddLine(process));
            }
        }

        return open;
    }

    private void Detach(IGuardianLink open)
    {
        lock (_gate)
        {
            _link = null;
        }

        open.Dispose();
    }

    private async Task SayFarewellAsync(IGuardianLink open)
    {
        bool heard = open.TryWrite(GuardProtocol.Bye);
        using CancellationTokenSource patience = new(FarewellPatience, _time);
        if (heard)
        {
            await ((Task)open.Process.Exited).WaitAsync(patience.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        if (!open.Process.Exited.IsCompleted)
        {
            open.Process.Signal(ProcessSignal.Kill);
            await open.Process.Exited.ConfigureAwait(false);
        }

        Detach(open);
    }
}

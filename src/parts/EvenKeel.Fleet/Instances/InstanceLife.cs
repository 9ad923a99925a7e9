using System.Security.Cryptography;
using EvenKeel.Fleet.Logs;
using EvenKeel.Fleet.Processes;
using EvenKeel.Fleet.Traffic;

namespace EvenKeel.Fleet.Instances;

/// <summary>
/// One process of an instance, from its start until nothing of its session is left. In the mailbox only, except where said.
/// </summary>
internal sealed class InstanceLife
{
    // Output that a process outside the session holds open is not waited for longer than this.
    private static readonly TimeSpan OutputPatience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(10);
    private readonly FleetContext _fleet;

    private InstanceLife(FleetContext fleet, InstanceIdentity instance, int generation, int port, string nonce, ISpawnedProcess process)
    {
        _fleet = fleet;
        Generation = generation;
        Port = port;
        Nonce = nonce;
        Process = process;
        StartedAt = fleet.Now;
        Gate = new TrafficGate(fleet, new InstanceEndpoint(instance.Service.Name, instance.Name, generation, "127.0.0.1", port));
    }

    /// <summary>Which life, from 1.</summary>
    public int Generation { get; }

    /// <summary>The port it was told to listen on.</summary>
    public int Port { get; }

    /// <summary>What only this life knows.</summary>
    public string Nonce { get; }

    /// <summary>Its process.</summary>
    public ISpawnedProcess Process { get; }

    /// <summary>When it was started, on the fleet's clock.</summary>
    public TimeSpan StartedAt { get; }

    /// <summary>Its traffic.</summary>
    public TrafficGate Gate { get; }

    /// <summary>How the process ended, known before its session is cleared.</summary>
    public ProcessExit? Exit { get; private set; }

    /// <summary>When nothing of the session was left, or null before.</summary>
    public DateTimeOffset? GoneAt { get; private set; }

    /// <summary>Starts a process.</summary>
    /// <param name="fleet">What the fleet shares.</param>
    /// <param name="instance">The instance.</param>
    /// <param name="generation">Which life this is.</param>
    /// <param name="port">The port it must listen on.</param>
    /// <exception cref="ProcessStartException">The program could not be started.</exception>
    public static InstanceLife Start(FleetContext fleet, InstanceIdentity instance, int generation, int port)
    {
        var options = fleet.Options;
        var nonce = RandomNumberGenerator.GetHexString(32, lowercase: true);
        var environment = InstanceEnvironment.Make(options, instance, generation, port, nonce);
        var command = InstanceCommand.Make(instance.Service.Command, port);
        var process = options.Spawner.Start(new ProcessStart(command, instance.Service.Directory, environment));
        return new InstanceLife(fleet, instance, generation, port, nonce, process);
    }

    /// <summary>Reads the output and waits for the end.</summary>
    /// <param name="log">Gets the lines.</param>
    /// <param name="exited">Called when the process has ended; others of its session may still live.</param>
    /// <param name="gone">Called when nothing of the session is left and its output is read.</param>
    public void Watch(InstanceLog log, Action exited, Action gone) =>
        _fleet.Mailbox.Run(
            closing => WaitAsync(log, exited, closing),
            _ =>
            {
                GoneAt = _fleet.Clock;
                gone();
            },
            error =>
            {
                FleetLog.WorkFailed(_fleet.Options.Logger, log.Instance, Generation, error);
                Exit ??= new ProcessExit(null, null);
                GoneAt = _fleet.Clock;
                gone();
            });

    /// <summary>Calls back, in the mailbox, when all processes are frozen, or all thawed; with null when the system cannot tell.</summary>
    /// <returns>Disposing it ends the watch.</returns>
    public IDisposable WhenFrozen(bool frozen, Action<bool?> confirmed)
    {
        var poll = new Poll();
        Look();
        return poll;

        void Look()
        {
            var stopped = Process.IsStopped();
            if (stopped is null || stopped == frozen)
            {
                confirmed(stopped);
            }
            else
            {
                poll.Timer = _fleet.Mailbox.After(PollInterval, Look);
            }
        }
    }

    // 1. The leader ends. 2. Who survives it is killed, or it would keep the port. 3. What was written last is read.
    private async Task<bool> WaitAsync(InstanceLog log, Action exited, CancellationToken closing)
    {
        using var endOfReading = new CancellationTokenSource(Timeout.InfiniteTimeSpan, _fleet.Options.Time);
        var reading = Task.WhenAll(
            log.ReadAsync(Process.Output, Generation, isError: false, endOfReading.Token),
            log.ReadAsync(Process.Error, Generation, isError: true, endOfReading.Token));
        try
        {
            var exit = await Process.Exited.WaitAsync(closing).ConfigureAwait(false);

            // Out of the traffic before anything else, as a request may be on its way to the dead port.
            await _fleet.Mailbox.AskAsync(() =>
            {
                Exit = exit;
                exited();
                return true;
            }).ConfigureAwait(false);
            while (Process.Members().Count > 0)
            {
                Process.Signal(ProcessSignal.Kill);
                await Task.Delay(PollInterval, _fleet.Options.Time, closing).ConfigureAwait(false);
            }

            endOfReading.CancelAfter(OutputPatience);
        }
        catch (OperationCanceledException)
        {
            await endOfReading.CancelAsync().ConfigureAwait(false);
            throw;
        }
        finally
        {
            await reading.ConfigureAwait(false);
        }

        Process.Dispose();
        return true;
    }

    private sealed class Poll : IDisposable
    {
        public IDisposable? Timer { get; set; }

        public void Dispose() => Timer?.Dispose();
    }
}

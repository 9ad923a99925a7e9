using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Metering.Relay.Hosting;
using Metering.Relay.Relaying;

// Stands between a service and its PostgreSQL, and makes of that way what a proof needs: long, or broken behind a commit.
try
{
    var settings = RelaySettings.Read(Environment.GetEnvironmentVariable);
    var cuts = new CommitCuts(settings.Cut, (step, number) => Console.WriteLine($"cut behind commit {number}: {string.Join(", ", step.Tags)}"));
    await using var relay = PostgresRelay.Start(
        new IPEndPoint(IPAddress.Loopback, settings.Port),
        settings.Target,
        new RelayRules { Delay = settings.Delay, Cut = cuts.IsDue },
        TimeProvider.System);
    Console.WriteLine($"relay at {relay.Address}, for PostgreSQL at {settings.Target}");
    var told = new TaskCompletionSource();
    using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
    using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);
    await told.Task;
    return 0;

    void End(PosixSignalContext signal)
    {
        signal.Cancel = true;
        told.TrySetResult();
    }
}
catch (FormatException problem)
{
    await Console.Error.WriteLineAsync($"relay: {problem.Message}");
    return 2;
}
catch (SocketException problem)
{
    await Console.Error.WriteLineAsync($"relay: the port cannot be listened on: {problem.Message}");
    return 4;
}

using System.Runtime.InteropServices;
using EvenKeel.Configuration.Model;
using EvenKeel.Gateway;
using EvenKeel.Gateway.AccessLogs;
using EvenKeel.Gateway.Endpoints;
using EvenKeel.Gateway.Health;
using EvenKeel.Gateway.Tcp;
using EvenKeel.Transport.Epoll;
using EvenKeel.Transport.Loops;
using EvenKeel.Transport.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Subject;

// usage: Subject --transport epoll|socket --http PORT [--https PORT --certificate FILE --key FILE] [--tcp PORT] --backend PORT [--routes N] [--log FILE]
//        Subject meters     prints what counting one exchange costs, in nanoseconds
// The gateway with one loop in front of one address. SIGUSR1 prints the bytes that the loop has allocated and the requests that it has completed;
// SIGTERM ends it.
if (args is ["meters"])
{
    Console.WriteLine(MeterCost.Measure());
    return 0;
}

SubjectOptions subject;
GatewayOptions options;
try
{
    subject = new SubjectOptions(args);
    options = subject.Gateway;
}
catch (ArgumentException error)
{
    await Console.Error.WriteLineAsync($"Subject: {error.Message}");
    return 2;
}

var loopOptions = new LoopGroupOptions { Loops = 1 };
await using LoopGroup loops = subject.UsesEpoll ? new EpollLoopGroup(loopOptions) : new SocketLoopGroup(loopOptions);
var directory = new EndpointDirectory();
foreach (var route in options.Routes)
{
    directory.Add(route.Service, $"{route.Service}-1", subject.Backend);
}

await using var log = subject.Log is not { } path ? null : new AccessLog(
    () => new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0), loops: 1, TimeProvider.System, NullLogger.Instance);
await using var gateway = new HttpGateway(options, directory, loops, TimeProvider.System, NullLoggerFactory.Instance, accessLog: log);
await using var tcp = new TcpGateway(options, directory, loops, TimeProvider.System, NullLoggerFactory.Instance);

// Only what gets requests is checked: what checks cost grows with the endpoints and their interval alone, and is not the cost of a request.
var health = new HealthOptions { Ready = "/1k", GatewayInterval = TimeSpan.FromSeconds(1) };
await using var checker = new ActiveHealthChecker(
    directory, service => service == "service-0" ? health : null, seed: 1, TimeProvider.System, NullLogger.Instance);
gateway.Start();
tcp.Start();
checker.Start();

var ended = new TaskCompletionSource();
using var end = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context =>
{
    context.Cancel = true;
    ended.TrySetResult();
});
// What the loop has to do for it allocates nothing itself.
using var taken = new AutoResetEvent(false);
long allocated = 0;
Action<object?> take = _ =>
{
    allocated = GC.GetAllocatedBytesForCurrentThread();
    taken.Set();
};
const PosixSignal Usr1 = (PosixSignal)10;
using var sample = PosixSignalRegistration.Create(Usr1, context =>
{
    context.Cancel = true;
    loops.Loops[0].Post(take, null);
    taken.WaitOne();
    Console.WriteLine($"{allocated} {gateway.Statistics.Completed}");
});
Console.WriteLine("ready");
await ended.Task;
return 0;

using System.Net;
using System.Runtime.InteropServices;
using EvenKeel.Configuration.Model;
using EvenKeel.Gateway;
using EvenKeel.Gateway.Endpoints;
using EvenKeel.Gateway.Health;
using EvenKeel.Transport.Epoll;
using EvenKeel.Transport.Loops;
using EvenKeel.Transport.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Subject;

// usage: Subject epoll|socket PORT BACKEND-PORT ROUTES
// The gateway with one loop in front of one address. With ROUTES above 1 there are as many routes, services and endpoints, and the last route
// is `/`, so that a request for a path of none of the others passes them all. SIGTERM ends it; then it prints what it allocated.
if (args is not [("epoll" or "socket") and var transport, var portText, var backendText, var routesText])
{
    await Console.Error.WriteLineAsync("usage: Subject epoll|socket PORT BACKEND-PORT ROUTES");
    return 2;
}

var loopOptions = new LoopGroupOptions { Loops = 1 };
await using LoopGroup loops = transport == "epoll" ? new EpollLoopGroup(loopOptions) : new SocketLoopGroup(loopOptions);
var backend = new IPEndPoint(IPAddress.Loopback, int.Parse(backendText));
var directory = new EndpointDirectory();
var routes = new List<RouteOptions>();
for (var i = int.Parse(routesText) - 1; i >= 0; i--)
{
    routes.Add(new RouteOptions { Path = i == 0 ? "/" : $"/route-{i}", Service = $"service-{i}" });
    directory.Add($"service-{i}", $"service-{i}-1", backend);
}

var options = new GatewayOptions { Listen = new IPEndPoint(IPAddress.Loopback, int.Parse(portText)), Routes = routes };
await using var gateway = new HttpGateway(options, directory, loops, TimeProvider.System, NullLoggerFactory.Instance);

// Only what gets requests is checked: ten thousand checks a second would be measured in its place.
var health = new HealthOptions { Ready = "/1k" };
await using var checker = new ActiveHealthChecker(
    directory, service => service == "service-0" ? health : null, seed: 1, TimeProvider.System, NullLogger.Instance);
gateway.Start();
checker.Start();

var ended = new TaskCompletionSource();
using var signal = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context =>
{
    context.Cancel = true;
    ended.TrySetResult();
});
using var meter = new AllocationMeter(loops.Loops[0], () => gateway.Statistics.Completed);
Console.WriteLine("ready");
await ended.Task;
Console.WriteLine(meter.Describe());
return 0;

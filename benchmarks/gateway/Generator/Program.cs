using System.Net;
using EvenKeel.Transport.Epoll;
using EvenKeel.Transport.Loops;
using Generator;

// usage: Generator pace PORT RATE SECONDS   requests at a fixed rate over 64 connections; prints "p50 p99 requests errors", in microseconds
//        Generator idle PORT COUNT          opens COUNT connections, one request on each, prints "open errors", and holds them until stdin ends
if (args is not [("pace" or "idle") and var mode, var portText, var countText, ..] || (mode == "pace" && args.Length != 4))
{
    await Console.Error.WriteLineAsync("usage: Generator pace PORT RATE SECONDS | idle PORT COUNT");
    return 2;
}

await using var loops = new EpollLoopGroup(new LoopGroupOptions { Loops = 1 });
var server = new IPEndPoint(IPAddress.Loopback, int.Parse(portText));
var clients = new ClientSet(loops.Loops[0], server, TimeProvider.System);
if (mode == "idle")
{
    // A few at a time, so that no queue of the listener overflows: what is measured is memory.
    var count = int.Parse(countText);
    for (var opened = 0; opened < count && clients.Errors == 0; opened += 50)
    {
        await clients.OpenAsync(Math.Min(50, count - opened));
        await clients.AskAllAsync();
    }

    Console.WriteLine($"{clients.Open} {clients.Errors}");
    await Console.In.ReadToEndAsync();
    return 0;
}

await clients.OpenAsync(64);
var pace = new Pace(clients, int.Parse(countText), TimeSpan.FromSeconds(int.Parse(args[3])), TimeProvider.System);
Console.WriteLine(await pace.RunAsync());
return 0;

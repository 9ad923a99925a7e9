using System.Net;
using EvenKeel.Transport.Epoll;
using EvenKeel.Transport.Loops;
using EvenKeel.Transport.Tls;
using Generator;

// usage: Generator pace PORT RATE SECONDS         requests at a fixed rate over 64 connections; prints "p50 p99 requests errors", in microseconds
//        Generator idle PORT COUNT                opens COUNT connections, one request on each, prints "open errors", and holds them until stdin ends
//        Generator handshakes PORT SECONDS MODE   TLS connections with one request each, 16 at a time, all "full" or "resumed"; prints "requests errors"
//        Generator websocket PORT SECONDS         64 WebSockets that have messages echoed; prints "messages errors"
string? mode = (args.Length, args.FirstOrDefault()) is (4, "pace") or (3, "idle") or (4, "handshakes") or (3, "websocket") ? args[0] : null;
if (mode is null)
{
    await Console.Error.WriteLineAsync(
        "usage: Generator pace PORT RATE SECONDS | idle PORT COUNT | handshakes PORT SECONDS full|resumed | websocket PORT SECONDS");
    return 2;
}

await using var loops = new EpollLoopGroup(new LoopGroupOptions { Loops = 1 });
var server = new IPEndPoint(IPAddress.Loopback, int.Parse(args[1]));
if (mode is "handshakes" or "websocket")
{
    var loop = loops.Loops[0];
    var tally = new Tally(loop);
    var tls = new TlsClient(new TlsClientOptions { ServerName = "bench.example", Verify = false });
    Console.WriteLine(mode == "websocket"
        ? await tally.RunAsync(64, TimeSpan.FromSeconds(int.Parse(args[2])), () => EchoClient.Connect(loop, server, tally))
        : await tally.RunAsync(
            16, TimeSpan.FromSeconds(int.Parse(args[2])), () => new HandshakeClient(loop, server, tls, args[3] == "resumed", tally).Connect()));
    return 0;
}

var clients = new ClientSet(loops.Loops[0], server, TimeProvider.System);
if (mode == "idle")
{
    // A few at a time, so that no queue of the listener overflows: what is measured is memory.
    var count = int.Parse(args[2]);
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
var pace = new Pace(clients, int.Parse(args[2]), TimeSpan.FromSeconds(int.Parse(args[3])), TimeProvider.System);
Console.WriteLine(await pace.RunAsync());
return 0;

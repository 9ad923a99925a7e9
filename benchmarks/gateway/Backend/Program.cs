using System.Net;
using System.Runtime.InteropServices;
using Backend;
using EvenKeel.Transport.Epoll;
using EvenKeel.Transport.Listeners;
using EvenKeel.Transport.Loops;

// usage: Backend PORT
// The cheapest server that still reads requests strictly: /1k, /64k and /1m as prepared bytes, anything else is answered with "ok" once its
// body has arrived.
if (args is not [var port])
{
    await Console.Error.WriteLineAsync("usage: Backend PORT");
    return 2;
}

await using var loops = new EpollLoopGroup(new LoopGroupOptions { Loops = 1, SendBacklog = 4 << 20 });
var listen = new ListenOptions { MaxConnections = 20_000, Backlog = 4096 };
await using var listener = loops.Listen(new IPEndPoint(IPAddress.Loopback, int.Parse(port)), listen, _ => new BackendAcceptor());
var ended = new TaskCompletionSource();
using var signal = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context =>
{
    context.Cancel = true;
    ended.TrySetResult();
});
Console.WriteLine("ready");
await ended.Task;
return 0;

using System.Net;
using System.Runtime.InteropServices;
using EvenKeel.State.Server;
using EvenKeel.State.Server.Options;

// usage: LockNode PORT
// A state node in a process of its own, so that the processor time of its clients can be told from its. SIGTERM ends it.
if (args is not [var port])
{
    await Console.Error.WriteLineAsync("usage: LockNode PORT");
    return 2;
}

await using var server = StateServer.Start(new IPEndPoint(IPAddress.Loopback, int.Parse(port)), new StateServerOptions());
var ended = new TaskCompletionSource();
using var signal = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context =>
{
    context.Cancel = true;
    ended.TrySetResult();
});
await ended.Task;
return 0;

using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;

// A small web server that misbehaves on request, for tests of the fleet. It listens on 127.0.0.1 at PORT, and tells its name to whom
// asks. Paths: /ready, /live, /name, /exit/CODE, /say/TEXT, /hang, /unready, /spawn (a grandchild that sleeps; the reply is its pid),
// /slow/MS (the answer after a time), /stream/MS (half of the answer at once and the rest after a time), /checked (how often /ready was asked
// for, and how often before the first slow or streamed answer).
// Words on the command line: "ignore-term" ignores SIGTERM, "nonce" echoes EVENKEEL_NONCE, "no-listen" never listens,
// "crash CODE" writes thirty lines and ends.
var words = args.ToHashSet();
using var term = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => context.Cancel = words.Contains("ignore-term"));
var name = Environment.GetEnvironmentVariable("EVENKEEL_INSTANCE") ?? "nobody";
if (words.Contains("crash"))
{
    for (var i = 1; i <= 30; i++)
    {
        Console.WriteLine($"line {i}");
    }

    Console.Error.WriteLine("fatal: the database is gone");
    return int.Parse(args[^1], CultureInfo.InvariantCulture);
}

if (words.Contains("no-listen"))
{
    await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, CancellationToken.None);
}

using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
try
{
    listener.Bind(new IPEndPoint(IPAddress.Loopback, int.Parse(Environment.GetEnvironmentVariable("PORT")!, CultureInfo.InvariantCulture)));
}
catch (SocketException) when (words.Contains("stay"))
{
    Console.Error.WriteLine("the port is taken, but I stay");
    await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, CancellationToken.None);
}

listener.Listen();
Console.WriteLine($"{name} listens");
var ready = true;
var checks = 0;
var checksBefore = -1;
while (true)
{
    var connection = await listener.AcceptAsync();
    _ = ServeAsync(connection);
}

async Task ServeAsync(Socket connection)
{
    using (connection)
    {
        var buffer = new byte[4096];
        var read = await connection.ReceiveAsync(buffer);
        var path = Encoding.ASCII.GetString(buffer, 0, read).Split(' ') is [_, var asked, ..] ? asked : "/";
        var status = "200 OK";
        var body = name;
        switch (path.Split('/'))
        {
            case [_, "ready"]:
                Interlocked.Increment(ref checks);
                status = ready ? status : "503 Service Unavailable";
                break;
            case [_, "slow", var wait]:
                Interlocked.CompareExchange(ref checksBefore, checks, -1);
                await DelayAsync(wait);
                break;
            case [_, "stream", var wait]:
                Interlocked.CompareExchange(ref checksBefore, checks, -1);
                await connection.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 20\r\nConnection: close\r\n\r\nfirst half"u8.ToArray());
                await DelayAsync(wait);
                await connection.SendAsync("secondhalf"u8.ToArray());
                connection.Shutdown(SocketShutdown.Send);
                return;
            case [_, "checked"]:
                body = $"{checks} {checksBefore}";
                break;
            case [_, "exit", var code]:
                Environment.Exit(int.Parse(code, CultureInfo.InvariantCulture));
                break;
            case [_, "say", var text]:
                Console.WriteLine(text);
                break;
            case [_, "unready"]:
                ready = false;
                break;
            case [_, "hang"]:
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, CancellationToken.None);
                break;
            case [_, "spawn"]:
                body = Process.Start("sleep", "1000").Id.ToString(CultureInfo.InvariantCulture);
                break;
        }

        var nonce = words.Contains("nonce") ? $"X-EvenKeel-Nonce: {Environment.GetEnvironmentVariable("EVENKEEL_NONCE")}\r\n" : "";
        await connection.SendAsync(Encoding.ASCII.GetBytes(
            $"HTTP/1.1 {status}\r\n{nonce}Content-Length: {body.Length}\r\nConnection: close\r\n\r\n{body}"));
        connection.Shutdown(SocketShutdown.Send);
    }
}

static Task DelayAsync(string milliseconds)
    => Task.Delay(TimeSpan.FromMilliseconds(int.Parse(milliseconds, CultureInfo.InvariantCulture)), TimeProvider.System, CancellationToken.None);

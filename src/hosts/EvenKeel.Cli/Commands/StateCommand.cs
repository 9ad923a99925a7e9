using System.CommandLine;
using System.Net;
using System.Net.Sockets;
using EvenKeel.Cli.Exits;
using EvenKeel.State.Server;
using EvenKeel.State.Server.Options;

namespace EvenKeel.Cli.Commands;

/// <summary><c>state</c>: a state node, until it is told to end. Any client of Redis can talk to it.</summary>
internal static class StateCommand
{
    public static Command Create(CommandContext context)
    {
        var listen = new Option<string>("--listen") { Description = "Where to listen.", DefaultValueFactory = _ => "127.0.0.1:6390" };
        var memory = new Option<int>("--max-memory") { Description = "MiB that keys and values may take; 0 for no limit.", DefaultValueFactory = _ => 1024 };
        return new Command("state", "Run a state node: shared state in memory, spoken to as to Redis (RESP2).")
            .With(listen, memory)
            .Does(context, async (parsed, cancellation) =>
            {
                var text = parsed.GetValue(listen)!;
                if (!IPEndPoint.TryParse(text, out var address) || address.Port == 0)
                {
                    throw new CommandException(ExitCode.Usage, "EK1002", $"'{text}' is no address", "give it as 127.0.0.1:6390");
                }

                var megabytes = parsed.GetValue(memory);
                if (megabytes < 0)
                {
                    throw new CommandException(ExitCode.Usage, "EK1002", $"--max-memory {megabytes} is negative", "give MiB, or 0 for no limit");
                }

                StateServer server;
                try
                {
                    server = StateServer.Start(address, new StateServerOptions { MaxMemory = megabytes * 1024L * 1024, Time = context.Time });
                }
                catch (SocketException error)
                {
                    throw new CommandException(
                        ExitCode.Environment,
                        "EK3004",
                        $"cannot listen on {address}: {error.Message}",
                        "choose another address with --listen");
                }

                await using (server)
                {
                    context.Terminal.Line(
                        $"state node on {server.Address}, in memory: what it holds ends with it. Try: redis-cli -p {server.Address.Port} ping");
                    await Task.Delay(Timeout.InfiniteTimeSpan, context.Time, cancellation);
                }

                return ExitCode.Done;
            });
    }
}

using System.CommandLine;
using EvenKeel.Cli.Clusters;
using EvenKeel.Cli.Exits;
using EvenKeel.Configuration.Model;
using EvenKeel.Proof.Load;
using Microsoft.Extensions.Logging.Abstractions;

namespace EvenKeel.Cli.Commands;

/// <summary><c>load URL|FILE</c>: send a load and measure it; exit code 99 when a threshold does not hold.</summary>
internal static class LoadCommand
{
    public static Command Create(CommandContext context)
    {
        var target = new Argument<string>("URL|FILE")
        {
            Description = "An address, or a file with a load section, whose cluster is used if it runs and started if not.",
        };
        var rate = new Option<double?>("--rate") { Description = "Open model: requests per second, whatever the service does." };
        var users = new Option<int?>("--users") { Description = "Closed model: virtual users, each with one request at a time." };
        var duration = new Option<string>("--duration") { Description = "How long, such as 30s.", DefaultValueFactory = _ => "10s" };
        var threshold = new Option<string[]>("--threshold")
        {
            Description = "A rule such as 'p99<50ms' or 'errors<0.1%'; repeatable.",
            DefaultValueFactory = _ => [],
        };
        var seed = new Option<ulong>("--seed") { Description = "Seed of the placeholders.", DefaultValueFactory = _ => 1 };
        var profile = new Option<string?>("--profile") { Description = "Which of the file's profiles to send." };
        var to = new Option<string?>("--to") { Description = "Where to send the file's load: an address that answers already. No cluster is started." };
        var ledger = new Option<FileInfo?>("--ledger") { Description = "Write a line for each operation to this file, for checks afterwards." };
        var name = CommonOptions.Name();
        var quiet = CommonOptions.Quiet();
        return new Command("load", "Send a load and measure it.")
            .With(target, rate, users, duration, threshold, seed, profile, to, ledger, name, quiet)
            .Does(context, async (parsed, cancellation) =>
            {
                context.Terminal.Quiet = parsed.GetValue(quiet);
                var text = parsed.GetValue(target)!;
                var book = parsed.GetValue(ledger)?.FullName;
                if (book is not null && !Directory.Exists(Path.GetDirectoryName(book)))
                {
                    throw NoLedger($"there is no folder '{Path.GetDirectoryName(book)}'");
                }

                var flags = new LoadFlags(parsed.GetValue(rate), parsed.GetValue(users), parsed.GetValue(duration)!, parsed.GetValue(threshold)!);
                if (text.Contains("://", StringComparison.Ordinal))
                {
                    if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Scheme != Uri.UriSchemeHttp)
                    {
                        throw new CommandException(ExitCode.Usage, "EK1002", $"'{text}' is no address that can be loaded", "give it as http://host:port/path");
                    }

                    var request = new RequestOptions { Method = "GET", Path = url.PathAndQuery };
                    return await RunAsync(
                        context,
                        flags.Over(new LoadOptions { Requests = [request], Stages = flags.Stages() }),
                        url,
                        parsed.GetValue(seed),
                        book,
                        cancellation);
                }

                var cluster = Configurations.Load(context.Terminal, new FileInfo(text), null);
                var load = flags.Over(LoadProfiles.Choose(cluster.Load ?? throw new CommandException(
                    ExitCode.Configuration, "EK3008", "the file has no 'load' section",
                    "add one (evenkeel schema load), or give an address in place of the file"), parsed.GetValue(profile), flags));
                if (parsed.GetValue(to) is { } elsewhere)
                {
                    return await RunAsync(
                        context, load, await LoadTarget.FindAsync(elsewhere, context.Time, cancellation), parsed.GetValue(seed), book, cancellation);
                }

                var called = parsed.GetValue(name) ?? cluster.Name;
                return context.Folder.Read(called) is { Gateway: { } gateway, Ready: true }
                    ? await RunAsync(context, load, gateway, parsed.GetValue(seed), book, cancellation)
                    : await StartAndRunAsync(context, cluster, called, load, parsed.GetValue(seed), book, cancellation);
            });
    }

    private static async Task<ExitCode> StartAndRunAsync(
        CommandContext context, ClusterOptions cluster, string name, LoadOptions load, ulong seed, string? book, CancellationToken cancellation)
    {
        var settings = new ClusterSettings
        {
            Name = name,
            LogsDirectory = context.Folder.LogsOf(name),
            ServersDirectory = context.Folder.ServersOf(name),
            Tell = context.Terminal.Progress,
            Time = context.Time,
            Logs = NullLoggerFactory.Instance,
            AnyGatewayPort = true,
        };
        context.Folder.Create();
        await using var running = await RunningCluster.CreateAsync(cluster, settings, cancellation);
        context.Terminal.Progress($"starting {name} for the load");
        await ClusterStart.RunAsync(running.Fleet, "the cluster did not become ready", $"the whole logs are in {settings.LogsDirectory}", cancellation);
        var exit = await RunAsync(context, load, running.Gateway, seed, book, cancellation);
        await running.StopAsync();
        return exit;
    }

    private static async Task<ExitCode> RunAsync(
        CommandContext context, LoadOptions load, Uri address, ulong seed, string? book, CancellationToken cancellation)
    {
        await using var ledger = book is null ? null : Open(book, context.Time);
        var driver = new LoadDriver(load, new Uri(address.GetLeftPart(UriPartial.Authority)), seed, context.Time, ledger: ledger);
        context.Terminal.Progress($"load {address.Authority}: {driver.Plan}");
        var progress = new LoadConsole(context.Terminal);
        var result = await driver.RunAsync(progress, cancellation);
        context.Terminal.Line(LoadSummary.Of(result).TrimEnd());
        if (ledger is not null)
        {
            await ledger.DisposeAsync();
            if (ledger.Failure is { } failure)
            {
                throw new CommandException(
                    ExitCode.Environment, "EK3011", failure, "without its ledger a load cannot be checked: free the disk and send it again");
            }
        }

        return (ExitCode)result.ExitCode;
    }

    private static LoadLedger Open(string book, TimeProvider time)
    {
        try
        {
            return new LoadLedger(book, time);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw NoLedger(error.Message);
        }
    }

    private static CommandException NoLedger(string reason) => new(
        ExitCode.Environment, "EK3011", $"the ledger cannot be written: {reason}", "give --ledger a file in a folder that exists and can be written to");
}

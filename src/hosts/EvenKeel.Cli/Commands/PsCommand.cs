using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using EvenKeel.Cli.Control;
using EvenKeel.Cli.Exits;
using EvenKeel.Cli.RunFiles;

namespace EvenKeel.Cli.Commands;

/// <summary><c>ps</c>: the instances of a running cluster.</summary>
internal static class PsCommand
{
    public static Command Create(CommandContext context)
    {
        var name = CommonOptions.Name();
        var json = CommonOptions.Json();
        return new Command("ps", "List the instances of a running cluster.").With(name, json).Does(context, async (parsed, cancellation) =>
        {
            using var client = ClusterLocator.Connect(context.Folder, parsed.GetValue(name));
            var cluster = await client.ClusterAsync(cancellation);
            if (parsed.GetValue(json))
            {
                context.Terminal.Line(JsonSerializer.Serialize(cluster, ControlJson.Default.ClusterView));
                return ExitCode.Done;
            }

            Print(context, cluster);
            return ExitCode.Done;
        });
    }

    /// <summary>The table of a cluster's instances, and where its doors are.</summary>
    public static void Print(CommandContext context, ClusterView cluster)
    {
        if (cluster.Instances.Count > 0)
        {
            PrintInstances(context, cluster);
        }

        var external = cluster.Endpoints.Where(endpoint => endpoint.IsExternal).ToList();
        if (external.Count > 0)
        {
            context.Terminal.Table(
                ["ENDPOINT", "STATE", "ADDRESS", "REQUESTS"],
                external.Select(endpoint => (IReadOnlyList<string>)
                    [endpoint.Name, $"{Glyph(endpoint.State)} {endpoint.State}", endpoint.Address, Number(endpoint.InFlight)]));
        }

        context.Terminal.Line();
        context.Terminal.Line($"  Service  {cluster.Gateway}");
        if (cluster.SecureGateway is not null)
        {
            context.Terminal.Line($"  HTTPS    {cluster.SecureGateway}");
        }

        foreach (var address in cluster.Tcp)
        {
            context.Terminal.Line($"  TCP      {address}");
        }

        if (cluster.State is not null)
        {
            context.Terminal.Line($"  State    {cluster.State}");
        }

        if (cluster.Metrics is not null)
        {
            context.Terminal.Line($"  Metrics  {cluster.Metrics}");
        }

        foreach (var service in cluster.Services.Where(service => service.IsPanicking))
        {
            context.Terminal.Line($"  Panic    too few of {service.Name} are well: all that were ready once get requests");
        }

        foreach (var service in cluster.Services.Where(service => service.Circuit != "closed"))
        {
            context.Terminal.Line($"  Circuit  the breaker of {service.Name} is {service.Circuit}");
        }

        if (cluster.Configuration is { Error: { } error } refused)
        {
            context.Terminal.Line($"  File     {refused.File} has changed and was refused; version {refused.Version} stays in force:");
            context.Terminal.Line("           " + error.ReplaceLineEndings("\n           "));
        }
        else if (cluster.Configuration is { Applied: > 0 } file)
        {
            context.Terminal.Line($"  File     {file.File}, version {file.Version}");
        }
    }

    private static void PrintInstances(CommandContext context, ClusterView cluster) =>
        context.Terminal.Table(
            ["INSTANCE", "STATE", "PORT", "PID", "FOR", "RESTARTS", "LAST EXIT"],
            cluster.Instances.Select(instance => (IReadOnlyList<string>)
            [
                instance.Generation > 1 ? $"{instance.Name}#{instance.Generation}" : instance.Name,
                $"{Glyph(instance.State)} {instance.State}",
                Number(instance.Port),
                Number(instance.Pid),
                Duration(TimeSpan.FromMilliseconds(instance.StateForMs)),
                Number(instance.Restarts),
                instance.LastExit ?? "-",
            ]));

    private static string Number(int? value) => value?.ToString(CultureInfo.InvariantCulture) ?? "-";

    private static string Duration(TimeSpan time) => time switch
    {
        { TotalSeconds: < 10 } => $"{time.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture)} s",
        { TotalSeconds: < 120 } => $"{(int)time.TotalSeconds} s",
        { TotalMinutes: < 120 } => $"{(int)time.TotalMinutes} min",
        _ => $"{(int)time.TotalHours} h",
    };

    private static char Glyph(string state) => state switch
    {
        "ready" => '●',
        "starting" or "draining" or "stopping" => '◐',
        "paused" or "disabled" => '‖',
        _ => '✕',
    };
}

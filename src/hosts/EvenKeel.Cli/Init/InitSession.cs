using System.Globalization;
using EvenKeel.Cli.Clusters;
using EvenKeel.Cli.Commands;
using EvenKeel.Cli.Exits;
using EvenKeel.Configuration;
using EvenKeel.Configuration.Diagnostics;
using EvenKeel.Configuration.Model;
using EvenKeel.Configuration.Reference;
using EvenKeel.Proof.Discovery;
using Microsoft.Extensions.Logging.Abstractions;

namespace EvenKeel.Cli.Init;

/// <summary>
/// 1. runs one instance of the service; 2. asks it; 3. writes the file and the schema beside it; 4. reads the file back, as what this
/// program writes it must understand.
/// </summary>
internal sealed class InitSession(CommandContext context, InitRequest request)
{
    public async Task RunAsync(CancellationToken cancellation)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(request.Output.ToString()))!;
        var trial = Trial(folder);

        // 1. 2.
        context.Folder.Create();
        var found = await AskAsync(trial, cancellation);

        // 3.
        var schema = Path.Combine(context.Folder.Root, "evenkeel.schema.json");
        var text = InitFile.Text(Reference(folder, schema), trial.Name, request.Command, request.Instances, request.Environment, found);
        await File.WriteAllTextAsync(request.Output.ToString(), text, cancellation);
        await File.WriteAllTextAsync(schema, SchemaWriter.WriteJson(), cancellation);

        // 4.
        var read = Configurations.Read(request.Output, null);
        if (read.Cluster is null)
        {
            context.Terminal.ErrorLine(DiagnosticRenderer.Render(read.Diagnostics).TrimEnd());
            throw new CommandException(ExitCode.Internal, "EK1001", $"{request.Output} was written but is not valid", "mend it by the messages above");
        }

        context.Terminal.Line($"wrote {request.Output} ({text.Count(character => character == '\n')} lines)");
        if (found.LeftBehind is { } value)
        {
            context.Terminal.Line($"note: the element '{value}' that was added to ask the service could not be removed");
        }

        var named = request.Output.Name is "evenkeel.yaml" or "evenkeel.yml" ? "" : $" {request.Output}";
        context.Terminal.Line($"next: evenkeel prove{named}");
    }

    // Where the schema is, seen from the file.
    private static string Reference(string folder, string schema)
    {
        var path = Path.GetRelativePath(folder, schema).Replace('\\', '/');
        return path.StartsWith("../", StringComparison.Ordinal) || Path.IsPathRooted(path) ? path : "./" + path;
    }

    private ClusterOptions Trial(string folder)
    {
        // The command is split by the same rules as in the file, so it goes through one.
        var quoted = request.Command.Replace("$", "$$", StringComparison.Ordinal).Replace("'", "''", StringComparison.Ordinal);
        var text = $"version: 1\nservices:\n  web:\n    command: '{quoted}'\n    health: {{ start: 20s }}\n";
        var result = ConfigurationLoader.LoadText(text, Path.Combine(folder, "evenkeel.yaml"), new Dictionary<string, string>());
        if (result.Cluster is not { } cluster)
        {
            throw new CommandException(ExitCode.Usage, "EK1002", $"--command '{request.Command}': {result.Diagnostics[0].Message}");
        }

        return cluster with { Services = [cluster.Services[0] with { Environment = request.Environment }] };
    }

    private async Task<DiscoveredService> AskAsync(ClusterOptions trial, CancellationToken cancellation)
    {
        var settings = new ClusterSettings
        {
            Name = trial.Name,
            LogsDirectory = context.Folder.LogsOf("init"),
            ServersDirectory = Path.Combine(context.Folder.LogsOf("init"), "servers"),
            Time = context.Time,
            Logs = NullLoggerFactory.Instance,
            AnyGatewayPort = true,
        };
        await using var cluster = await RunningCluster.CreateAsync(trial, settings, cancellation);
        try
        {
            await ClusterStart.RunAsync(cluster.Fleet, "the service did not start to listen on the port in PORT",
                "make it listen on 127.0.0.1 and the port in the variable PORT; where it takes its port as an argument: sh -c 'exec PROGRAM --port $PORT'", cancellation);
            var port = cluster.Fleet.Snapshot.Instances[0].Port;
            var value = string.Create(CultureInfo.InvariantCulture, $"evenkeel-init-{context.Time.GetUtcNow().ToUnixTimeMilliseconds()}");
            var question = new DiscoveryQuestion(request.Add, request.List, request.Body);
            return await ServiceDiscovery.AskAsync(new Uri($"http://127.0.0.1:{port}/"), question, value, context.Time, cancellation);
        }
        catch (DiscoveryException error)
        {
            throw new CommandException(ExitCode.ServiceFailed, "EK6002", error.Message);
        }
        finally
        {
            await cluster.StopAsync();
        }
    }
}

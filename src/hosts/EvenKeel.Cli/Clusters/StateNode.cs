using System.Globalization;
using EvenKeel.Cli.Exits;
using EvenKeel.Configuration.Model;

namespace EvenKeel.Cli.Clusters;

/// <summary>The shared state of a cluster: a server that is there, or a state node that runs as an instance of the fleet.</summary>
/// <param name="Connection">What instances find in <c>ConnectionStrings__EvenKeel</c>, or null without shared state.</param>
/// <param name="Service">The service to run for it, or null when none is needed.</param>
internal sealed record StateNode(string? Connection, ServiceOptions? Service)
{
    /// <summary>The name of the service; a service of the file cannot have it.</summary>
    public const string Name = "state";

    public static StateNode Of(ClusterOptions cluster, ClusterPorts ports)
    {
        if (cluster.State is not { } state)
        {
            return new StateNode(null, null);
        }

        if (state.Connection is { } connection)
        {
            return new StateNode(connection, null);
        }

        if (cluster.Services.Any(service => service.Name == Name))
        {
            throw new CommandException(ExitCode.Configuration, "EK3006", $"a service is called '{Name}', which is the name of the state node",
                "give the service another name, or name a server in state.connection");
        }

        if (state.Port is { } named)
        {
            ports.Promise([named]);
        }

        var port = state.Port ?? ports.Promise();
        var address = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port}");
        return new StateNode(address, new ServiceOptions
        {
            Name = Name,
            Command = SelfCommand.With(Name, "--listen", address),
            Directory = cluster.Directory,
            Ports = [port],
            Drain = new DrainOptions { Timeout = TimeSpan.Zero, Grace = TimeSpan.FromSeconds(5) },
        });
    }
}

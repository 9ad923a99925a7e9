using System.Text;
using EvenKeel.Cli.Exits;
using EvenKeel.Fleet;
using EvenKeel.Fleet.Actions;
using EvenKeel.Fleet.Instances;

namespace EvenKeel.Cli.Clusters;

/// <summary>Starts the instances of a cluster, and says what they wrote last when they do not become ready.</summary>
internal static class ClusterStart
{
    private const int ShownLines = 10;
    private const int ReadLines = 200;

    /// <summary>Starts them and waits until each is ready.</summary>
    /// <param name="fleet">The instances.</param>
    /// <param name="what">What is wrong when they are not, such as <c>the cluster did not become ready</c>.</param>
    /// <param name="help">What to do then.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="CommandException">Some did not become ready.</exception>
    public static async Task RunAsync(FleetSupervisor fleet, string what, string help, CancellationToken cancellation)
    {
        try
        {
            await fleet.StartAsync(cancellation);
        }
        catch (InstanceActionException error)
        {
            throw new CommandException(ExitCode.ServiceFailed, "EK4005", $"{what}:\n{error.Message}{await LastLinesAsync(fleet)}", help);
        }
    }

    private static async Task<string> LastLinesAsync(FleetSupervisor fleet)
    {
        var text = new StringBuilder();
        foreach (var instance in fleet.Snapshot.Instances.Where(instance => instance.State != InstanceState.Ready))
        {
            // The two streams are read apart, so that the complaint on standard error may stand before what was written earlier.
            var lines = await fleet.LastLinesAsync(instance.Name, ReadLines);
            var complaints = lines.Where(line => line.IsError).TakeLast(ShownLines).ToHashSet();
            foreach (var line in lines.Where((line, index) => index >= lines.Count - ShownLines || complaints.Contains(line)))
            {
                text.Append('\n').Append("  ").Append(line.Instance).Append(" | ").Append(line.Text);
            }
        }

        return text.ToString();
    }
}

using EvenKeel.Cli.Terminals;
using EvenKeel.Fleet.Events;

namespace EvenKeel.Cli.Clusters;

/// <summary>Tells what happens in a fleet, a line for each event; an end that nobody asked for with the last lines of the instance.</summary>
internal sealed class ClusterNarrator(Terminal terminal) : IFleetRecorder
{
    public void Record(FleetEvent happened)
    {
        terminal.Progress(happened.ToString());
        if (happened is InstanceExited { Wanted: false } exited)
        {
            foreach (var line in exited.LastLines)
            {
                terminal.Progress($"  {exited.Instance} | {line.Text}");
            }
        }
    }
}

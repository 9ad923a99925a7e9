using EvenKeel.Cli.Control;
using EvenKeel.Fleet.Instances;
using EvenKeel.Fleet.Logs;

namespace EvenKeel.Cli.Clusters;

/// <summary>Snapshots of the fleet in the form that listings show.</summary>
internal static class ClusterViews
{
    public static InstanceView Of(InstanceSnapshot instance, DateTimeOffset now) => new(
        instance.Name,
        instance.Service,
        instance.State.ToString().ToLowerInvariant(),
        instance.Generation,
        instance.Restarts,
        instance.Pid,
        instance.Port,
        Math.Max(0, Math.Round((now - instance.Since).TotalMilliseconds)),
        instance.LastExit?.ToString());

    public static LogView Of(LogLine line) => new(1, "logLine", line.Time, line.Instance, line.IsError ? "err" : "out", line.Text);
}

using System.Globalization;
using EvenKeel.Fleet.Events;
using EvenKeel.Fleet.Processes;

namespace EvenKeel.Fleet.Actions;

/// <summary>How an instance was stopped, as observed.</summary>
/// <param name="Instance">The instance's name.</param>
/// <param name="Generation">Which life of it.</param>
/// <param name="EndedBy">The step that ended it.</param>
/// <param name="InFlight">Requests still in flight when it was signalled, which were cut; null when that is not known.</param>
/// <param name="Exit">How its process ended; null when there was none.</param>
/// <param name="Took">Time from the request until nothing of its session was left.</param>
public sealed record StopReport(string Instance, int Generation, StopStep EndedBy, int? InFlight, ProcessExit? Exit, TimeSpan Took)
{
    /// <summary>As the end of a line that begins with the instance's name.</summary>
    public string Text => EndedBy switch
    {
        StopStep.NotRunning => "stopped; it had no process",
        StopStep.OwnEnd => $"ended with {Exit} before it was signalled to stop, after {Durations.Show(Took)}",
        StopStep.Terminate => $"stopped in {Durations.Show(Took)} with {Exit}{Cut}",
        _ => $"killed after the grace, {Durations.Show(Took)} after the request{Cut}",
    };

    private string Cut => InFlight switch
    {
        0 => "",
        null => ", requests in flight unknown",
        { } left => string.Create(CultureInfo.InvariantCulture, $", with {left} requests in flight"),
    };
}

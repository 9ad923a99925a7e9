using EvenKeel.Fleet.Actions;
using EvenKeel.Fleet.Ports;
using EvenKeel.Fleet.Processes;

namespace EvenKeel.Cli.Exits;

/// <summary>What the fleet refuses or does not reach, as messages with codes.</summary>
internal static class FleetProblems
{
    /// <summary>The problem behind an exception of an action, or null when it is none of the fleet's.</summary>
    public static CommandException? Of(Exception error) => error switch
    {
        CommandException problem => problem,
        InstanceNotFoundException or ServiceNotFoundException => new CommandException(ExitCode.NotFound, "EK4001", error.Message),
        InstanceActionException { IsRefusal: true } => new CommandException(ExitCode.Environment, "EK4004", error.Message),
        InstanceActionException => new CommandException(ExitCode.TimedOut, "EK4002", error.Message),
        PortUnavailableException => new CommandException(ExitCode.Environment, "EK3004", error.Message),
        ProcessStartException => new CommandException(ExitCode.Environment, "EK3010", error.Message),
        ArgumentOutOfRangeException range => new CommandException(ExitCode.Usage, "EK1002", range.Message.Split(" (Parameter")[0]),
        InvalidOperationException => new CommandException(ExitCode.Environment, "EK4004", error.Message),
        _ => null,
    };
}

using EvenKeel.Configuration.Model;
using EvenKeel.Configuration.Schema;

namespace EvenKeel.Configuration.Sections;

/// <summary>How an instance is stopped.</summary>
internal static class DrainSection
{
    public static readonly DrainOptions Defaults = new();

    private static readonly Key<TimeSpan> Timeout = Key.Optional("timeout", Scalars.ZeroOrMore, Defaults.Timeout,
        "Longest wait for the requests in flight after the gateway stopped sending new ones.");

    private static readonly Key<TimeSpan> Grace = Key.Optional("grace", Scalars.ZeroOrMore, Defaults.Grace,
        "Time between the signal and SIGKILL.", "stop_grace_period");

    private static readonly Key<StopSignal> Signal = Key.Optional("signal",
        new WordSchema<StopSignal>(("SIGTERM", StopSignal.Terminate), ("SIGINT", StopSignal.Interrupt), ("SIGQUIT", StopSignal.Quit)), Defaults.Signal,
        "What asks an instance to end. SIGTERM goes to all of its processes, the others to the one that was started.", "stop_signal");

    public static readonly ObjectSchema<DrainOptions> Schema = new(
        "drain", "How an instance is stopped: out of the gateway, drain, a signal, grace, SIGKILL.", [Timeout, Signal, Grace],
        values => new DrainOptions { Timeout = values.Get(Timeout), Grace = values.Get(Grace), Signal = values.Get(Signal) });
}

using EvenKeel.Gateway.Problems;

namespace EvenKeel.Gateway.AccessLogs;

/// <summary>The stable names of how exchanges end.</summary>
internal static class Terminations
{
    /// <summary>The name, which is the problem's when there was one.</summary>
    public static ReadOnlySpan<byte> NameOf(Termination termination, ProblemCode problem) => termination switch
    {
        Termination.ClientAbort => "client_abort"u8,
        Termination.Truncated => "truncated"u8,
        Termination.Shutdown => "shutdown"u8,
        Termination.Problem => ProblemCodes.NameOf(problem),
        _ => "ok"u8,
    };
}

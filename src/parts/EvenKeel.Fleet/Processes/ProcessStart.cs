namespace EvenKeel.Fleet.Processes;

/// <summary>What is to be run.</summary>
/// <param name="Command">The program, looked up in PATH unless it contains a slash, and its arguments.</param>
/// <param name="Directory">The absolute working directory.</param>
/// <param name="Environment">The whole environment of the new process; nothing is inherited.</param>
public sealed record ProcessStart(
    IReadOnlyList<string> Command,
    string Directory,
    IReadOnlyDictionary<string, string> Environment);

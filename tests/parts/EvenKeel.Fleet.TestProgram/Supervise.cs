using System.Collections;
using EvenKeel.Fleet.Guard;
using EvenKeel.Fleet.Processes;
using Microsoft.Extensions.Logging.Abstractions;

namespace EvenKeel.Fleet.TestProgram;

/// <summary>
/// A supervisor with a guardian and one instance, a shell script in which $PROGRAM is this program. Writes the guardian's id, then what the
/// instance writes, until its input ends; then says farewell.
/// </summary>
internal static class Supervise
{
    public static async Task<int> RunAsync(string script)
    {
        string program = Environment.ProcessPath!;
        await using Guardian guardian = await Guardian.StartAsync(
            [program, "guardian"], TimeProvider.System, NullLogger.Instance, CancellationToken.None);
        GuardedProcessSpawner spawner = new(ProcessSpawner.Create(TimeProvider.System), guardian);
        Dictionary<string, string> environment = Environment.GetEnvironmentVariables()
            .Cast<DictionaryEntry>().ToDictionary(entry => (string)entry.Key, entry => (string?)entry.Value ?? "");
        environment["PROGRAM"] = program;
        using ISpawnedProcess instance = spawner.Start(new ProcessStart(["sh", "-c", script], "/", environment));
        Console.WriteLine($"guardian {guardian.ProcessId}");
        Console.WriteLine($"instance {instance.Id}");
        _ = instance.Output.CopyToAsync(Console.OpenStandardOutput());
        while (await Console.In.ReadLineAsync() is not null)
        {
        }

        return 0;
    }
}

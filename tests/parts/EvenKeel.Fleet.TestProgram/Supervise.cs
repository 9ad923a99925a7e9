using System.Collections;
using EvenKeel.Fleet.Guard;
using EvenKeel.Fleet.Processes;
using Microsoft.Extensions.Logging.Abstractions;

namespace EvenKeel.Fleet.TestProgram;

/// <summary>
/// A supervisor with a guardian and one instance, a shell script in which $PROGRAM is this program. Writes the ids of
/// the instance and of each guardian, and what the instance writes, until its input ends; then says farewell.
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
        Console.WriteLine($"instance {instance.Id}");
        _ = instance.Output.CopyToAsync(Console.OpenStandardOutput());
        using PeriodicTimer timer = new(TimeSpan.FromMilliseconds(10), TimeProvider.System);
        Task<string> end = Console.In.ReadToEndAsync();
        int last = 0;
        while (!end.IsCompleted && await timer.WaitForNextTickAsync())
        {
            if (guardian.ProcessId is { } pid && pid != last)
            {
                Console.WriteLine($"guardian {last = pid}");
            }
        }

        return 0;
    }
}

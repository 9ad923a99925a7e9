using System.Runtime.InteropServices;
using EvenKeel.Fleet.Processes;

namespace EvenKeel.Fleet.TestProgram;

/// <summary>
/// Inherits orphans (as PID 1, or else as a subreaper), runs a script whose orphans end, and writes the zombies that are its children once a
/// tenth of a second, until its input ends.
/// </summary>
internal static partial class Adopt
{
    private const int SetChildSubreaper = 36;

    public static async Task<int> RunAsync(string script)
    {
        if (Environment.ProcessId != 1 && Control(SetChildSubreaper, 1, 0, 0, 0) != 0)
        {
            return 3;
        }

        IProcessSpawner spawner = ProcessSpawner.Create(TimeProvider.System);
        using ISpawnedProcess instance = spawner.Start(new ProcessStart(["sh", "-c", script], "/", new Dictionary<string, string>()));
        using PeriodicTimer timer = new(TimeSpan.FromMilliseconds(100), TimeProvider.System);

        // Console.In would block: its asynchronous reads are not.
        using StreamReader input = new(Console.OpenStandardInput());
        Task<string> end = input.ReadToEndAsync();
        while (!end.IsCompleted && await timer.WaitForNextTickAsync())
        {
            Console.WriteLine($"zombies {Zombies()}, exit {(instance.Exited.IsCompleted ? await instance.Exited : null)}");
        }

        return 0;
    }

    private static int Zombies()
    {
        int count = 0;
        foreach (string directory in Directory.GetDirectories("/proc").Where(directory => char.IsAsciiDigit(directory[^1])))
        {
            try
            {
                string stat = File.ReadAllText(Path.Combine(directory, "stat"));
                string[] fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
                count += fields[0] == "Z" && fields[1] == Environment.ProcessId.ToString(System.Globalization.CultureInfo.InvariantCulture) ? 1 : 0;
            }
            catch (IOException)
            {
                // No process, or one that has ended.
            }
        }

        return count;
    }

    [LibraryImport("libc", EntryPoint = "prctl", SetLastError = true)]
    private static partial int Control(int option, nuint first, nuint second, nuint third, nuint fourth);
}

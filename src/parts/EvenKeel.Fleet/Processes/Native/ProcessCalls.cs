using System.Runtime.InteropServices;

namespace EvenKeel.Fleet.Processes.Native;

/// <summary>Calls about this process and about others by number.</summary>
internal static unsafe partial class ProcessCalls
{
    private const int GetChildSubreaper = 37;

    /// <summary>True when orphans become children of this process: it is PID 1 of its namespace, or a subreaper (prctl(2)).</summary>
    public static bool InheritsOrphans
    {
        get
        {
            int subreaper = 0;
            return Environment.ProcessId == 1 || (Control(GetChildSubreaper, &subreaper, 0, 0, 0) == 0 && subreaper != 0);
        }
    }

    /// <summary>kill(2): by number, for systems that have no process descriptors.</summary>
    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    public static partial int Kill(int pid, int signal);

    /// <summary>signal(2): 0 as the handler is SIG_DFL.</summary>
    [LibraryImport("libc", EntryPoint = "signal", SetLastError = true)]
    public static partial nint SetHandler(int signal, nint handler);

    [LibraryImport("libc", EntryPoint = "prctl", SetLastError = true)]
    private static partial int Control(int option, void* first, nuint second, nuint third, nuint fourth);
}

using System.Globalization;
using System.Runtime.InteropServices;
using EvenKeel.Fleet.Processes.Native;

namespace EvenKeel.Fleet.Processes.Linux;

/// <summary>
/// What a new process begins with: a session of its own, default dispositions for all signals and an empty mask (this process ignores SIGPIPE,
/// and an ignored signal stays ignored over exec; 32 and 33 are the C library's own affair), three standard descriptors and no other.
/// </summary>
internal sealed unsafe class SpawnSettings : IDisposable
{
    private const int FirstAfterStandard = 3;

    /// <summary>Creates settings.</summary>
    /// <param name="directory">The working directory.</param>
    /// <param name="input">What becomes standard input, or -1 for /dev/null.</param>
    /// <param name="output">What becomes standard output.</param>
    /// <param name="error">What becomes standard error.</param>
    /// <param name="closeFrom">True to let the C library close all other descriptors; false to close those that are open now one by one.</param>
    public SpawnSettings(string directory, int input, int output, int error, bool closeFrom)
    {
        Attributes = NativeMemory.AllocZeroed(SpawnCalls.OpaqueSize);
        Actions = NativeMemory.AllocZeroed(SpawnCalls.OpaqueSize);
        byte* signals = stackalloc byte[SpawnCalls.OpaqueSize];
        Check(SpawnCalls.InitAttributes(Attributes));
        Check(SpawnCalls.InitActions(Actions));
        Check(SpawnCalls.SetFlags(Attributes, SpawnCalls.CleanSession));
        Check(SpawnCalls.FillSet(signals));
        Check(SpawnCalls.SetDefaultSignals(Attributes, signals));
        Check(SpawnCalls.EmptySet(signals));
        Check(SpawnCalls.SetSignalMask(Attributes, signals));
        Check(input < 0
            ? SpawnCalls.AddOpen(Actions, 0, "/dev/null", 0, 0)
            : SpawnCalls.AddDuplicate(Actions, input, 0));
        Check(SpawnCalls.AddDuplicate(Actions, output, 1));
        Check(SpawnCalls.AddDuplicate(Actions, error, 2));
        if (closeFrom)
        {
            Check(SpawnCalls.AddCloseFrom(Actions, FirstAfterStandard));
        }
        else
        {
            CloseOpenOnes();
        }

        Check(SpawnCalls.AddChangeDirectory(Actions, directory));
    }

    /// <summary>
    /// True where the C library can close all descriptors in the child (glibc 2.34 and later). Elsewhere (musl, older glibc) those are closed
    /// that are open when the process is started; one that a native library opens in that instant without close-on-exec is inherited.
    /// What .NET opens is close-on-exec and never is.
    /// </summary>
    public static bool CanCloseFrom { get; } =
        NativeLibrary.TryLoad("libc", typeof(SpawnSettings).Assembly, null, out nint library)
        && NativeLibrary.TryGetExport(library, "posix_spawn_file_actions_addclosefrom_np", out _);

    /// <summary>A posix_spawnattr_t.</summary>
    public void* Attributes { get; }

    /// <summary>A posix_spawn_file_actions_t.</summary>
    public void* Actions { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        _ = SpawnCalls.DestroyActions(Actions);
        _ = SpawnCalls.DestroyAttributes(Attributes);
        NativeMemory.Free(Actions);
        NativeMemory.Free(Attributes);
    }

    private static void Check(int error)
    {
        if (error != 0)
        {
            throw new ProcessStartException($"A process could not be prepared ({Marshal.GetPInvokeErrorMessage(error)}).");
        }
    }

    private void CloseOpenOnes()
    {
        // The list is complete before the first action is added; closing one of it that was closed meanwhile is no error.
        foreach (string entry in Directory.GetFileSystemEntries("/proc/self/fd"))
        {
            int descriptor = int.Parse(Path.GetFileName(entry), CultureInfo.InvariantCulture);
            if (descriptor >= FirstAfterStandard)
            {
                Check(SpawnCalls.AddClose(Actions, descriptor));
            }
        }
    }
}

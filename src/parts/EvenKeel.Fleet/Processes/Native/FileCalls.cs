using System.Runtime.InteropServices;

namespace EvenKeel.Fleet.Processes.Native;

/// <summary>Calls about files that the framework does not have.</summary>
internal static partial class FileCalls
{
    /// <summary>chown(2).</summary>
    [LibraryImport("libc", EntryPoint = "chown", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int ChangeOwner(string path, int user, int group);
}

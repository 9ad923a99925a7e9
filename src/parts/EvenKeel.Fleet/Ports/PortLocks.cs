using System.Globalization;
using System.Text;
using EvenKeel.Fleet.Processes.Sessions;

namespace EvenKeel.Fleet.Ports;

/// <summary>
/// One file per port, locked exclusively while the port is reserved. The system drops the lock when its holder ends, however it ends, so
/// nothing is ever stale; the file's text, who reserved it, is for people.
/// </summary>
internal sealed class PortLocks
{
    // What .NET reports when another one holds the lock: EWOULDBLOCK, or ERROR_SHARING_VIOLATION.
    private const int LockedOnLinux = 11;
    private const int LockedOnMacOS = 35;
    private const int LockedOnWindows = unchecked((int)0x8007_0020);
    private readonly string _directory;

    /// <summary>Uses a directory, which is created when it is missing, for this user alone.</summary>
    /// <exception cref="PortUnavailableException">It cannot be created or written.</exception>
    public PortLocks(string directory)
    {
        _directory = directory;
        try
        {
            if (OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(directory);
            }
            else
            {
                Directory.CreateDirectory(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw Unusable(failure);
        }
    }

    /// <summary>Locks a port's file; null when another process, or another reservation of this one, holds it.</summary>
    /// <exception cref="PortUnavailableException">The directory cannot be written.</exception>
    public FileStream? TryLock(int port)
    {
        FileStream? file = null;
        try
        {
            // FileShare.None is flock(2) on Unix. The descriptor is close-on-exec, so no child keeps the lock.
            file = new FileStream(PathOf(port), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
            file.SetLength(0);
            file.Write(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"process {Environment.ProcessId} ({Environment.ProcessPath})\n")));
            return file;
        }
        catch (UnauthorizedAccessException failure)
        {
            file?.Dispose();
            throw Unusable(failure);
        }
        catch (IOException failure)
        {
            file?.Dispose();
            return file is null && failure.HResult is (LockedOnLinux or LockedOnMacOS or LockedOnWindows) ? null : throw Unusable(failure);
        }
    }

    /// <summary>Who holds a port, as it wrote itself; null when that cannot be read: .NET locks a file for reading too, so that it would be refused.</summary>
    public string? HolderOf(int port) =>
        OperatingSystem.IsLinux() && ProcFile.ReadText(PathOf(port)).Trim() is { Length: > 0 } holder ? holder : null;

    private string PathOf(int port) => Path.Combine(_directory, port.ToString(CultureInfo.InvariantCulture) + ".lock");

    private PortUnavailableException Unusable(Exception failure) => new(
        $"Ports are reserved by files in '{_directory}', which cannot be written ({failure.Message}). Make it writable, or set XDG_STATE_HOME to a directory that is.");
}

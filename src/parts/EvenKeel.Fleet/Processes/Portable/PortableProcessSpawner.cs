using System.ComponentModel;
using System.Diagnostics;
using EvenKeel.Fleet.Processes.Sessions;

namespace EvenKeel.Fleet.Processes.Portable;

/// <summary>
/// Starts processes with System.Diagnostics.Process, for systems without process descriptors (macOS, Windows, old Linux). A process does not
/// lead a session there: its family is what descends from it by a chain of living parents.
/// </summary>
internal sealed class PortableProcessSpawner(TimeProvider time) : IProcessSpawner
{
    /// <inheritdoc/>
    public ISpawnedProcess Start(ProcessStart start)
    {
        PortableProcess process = Start(start, out Stream input);
        input.Dispose();
        return process;
    }

    /// <summary>Starts a process and hands out what it reads as standard input.</summary>
    public PortableProcess Start(ProcessStart start, out Stream input)
    {
        if (start.Command.Count == 0 || start.Command[0].Length == 0)
        {
            throw new ProcessStartException("There is no program to start: the command is empty.");
        }

        if (!Path.IsPathRooted(start.Directory) || !Directory.Exists(start.Directory))
        {
            throw new ProcessStartException(
                $"'{start.Command[0]}' cannot be started: its working directory '{start.Directory}' does not exist or is not absolute. "
                + "Create it, or correct the directory.");
        }

        Process process = new() { StartInfo = Describe(start) };
        try
        {
            process.EnableRaisingEvents = true;
            process.Start();
            input = process.StandardInput.BaseStream;
            return new PortableProcess(process, time);
        }
        catch (Exception failure) when (failure is Win32Exception or InvalidOperationException or PlatformNotSupportedException)
        {
            process.Dispose();
            throw new ProcessStartException(
                $"'{start.Command[0]}' could not be started in '{start.Directory}' ({failure.Message}): install it, correct its name, or make it executable.");
        }
    }

    private static ProcessStartInfo Describe(ProcessStart start)
    {
        ProcessStartInfo info = new(FileOf(start))
        {
            WorkingDirectory = start.Directory,
            UseShellExecute = false,
            CreateNoWindow = true,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (string argument in start.Command.Skip(1))
        {
            info.ArgumentList.Add(argument);
        }

        info.Environment.Clear();
        foreach ((string name, string value) in SessionMarker.Mark(start.Environment, SessionMarker.Draw()))
        {
            info.Environment[name] = value;
        }

        return info;
    }

    /// <summary>Relative paths start at the new process's directory, as on Linux; bare names are searched by the system.</summary>
    private static string FileOf(ProcessStart start) =>
        start.Command[0].AsSpan().ContainsAny('/', Path.DirectorySeparatorChar)
            ? Path.GetFullPath(start.Command[0], start.Directory)
            : start.Command[0];
}

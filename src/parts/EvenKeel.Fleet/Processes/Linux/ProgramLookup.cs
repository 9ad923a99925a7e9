using EvenKeel.Fleet.Processes.Native;

namespace EvenKeel.Fleet.Processes.Linux;

/// <summary>Finds the file of a program as execvp(3) does, but in the directory and the PATH that the new process will have.</summary>
internal static class ProgramLookup
{
    private const string Variable = "PATH";
    private const int Execute = 1;

    /// <summary>Checks what is to be started, and finds the program's file.</summary>
    /// <returns>The file's path; absolute.</returns>
    /// <exception cref="ProcessStartException">It cannot be started; the message says why, where, and what to do.</exception>
    public static string Find(ProcessStart start)
    {
        if (start.Command.Count == 0 || start.Command[0].Length == 0)
        {
            throw new ProcessStartException("There is no program to start: the command is empty.");
        }

        string program = start.Command[0];
        RefuseUnspeakable(start);
        if (!Path.IsPathRooted(start.Directory) || !Directory.Exists(start.Directory))
        {
            throw new ProcessStartException(
                $"'{program}' cannot be started: its working directory '{start.Directory}' "
                + (Path.IsPathRooted(start.Directory) ? "does not exist. Create it, or correct the directory." : "is not an absolute path."));
        }

        return program.Contains('/', StringComparison.Ordinal)
            ? Check(program, Path.GetFullPath(program, start.Directory), start.Directory)
            : Search(program, start);
    }

    private static string Search(string program, ProcessStart start)
    {
        string path = start.Environment.GetValueOrDefault(Variable) ?? Environment.GetEnvironmentVariable(Variable) ?? "/usr/local/bin:/usr/bin:/bin";
        string? refused = null;
        foreach (string folder in path.Split(':'))
        {
            // An empty entry is the working directory.
            string file = Path.Combine(start.Directory, folder, program);
            if (!File.Exists(file))
            {
                continue;
            }

            if (DescriptorCalls.Access(file, Execute) == 0)
            {
                return Path.GetFullPath(file);
            }

            refused ??= file;
        }

        throw refused is null
            ? new ProcessStartException(
                $"The program '{program}' was not found. PATH is '{path}'. Install it, correct its name, or give its path "
                + $"(with a slash; relative ones start at '{start.Directory}').")
            : NotExecutable(program, refused);
    }

    private static string Check(string program, string file, string directory)
    {
        if (Directory.Exists(file))
        {
            throw new ProcessStartException($"'{program}' cannot be started: '{file}' is a directory. Name the program in it.");
        }

        if (!File.Exists(file))
        {
            throw new ProcessStartException(
                $"The program '{program}' was not found: there is no file '{file}'. Build it, or correct the path "
                + $"(relative ones start at the working directory '{directory}').");
        }

        return DescriptorCalls.Access(file, Execute) == 0 ? file : throw NotExecutable(program, file);
    }

    private static ProcessStartException NotExecutable(string program, string file) =>
        new($"'{program}' cannot be started: the file '{file}' is not executable for this user. Run: chmod +x '{file}'");

    private static void RefuseUnspeakable(ProcessStart start)
    {
        if (start.Command.Any(HasEnd) || HasEnd(start.Directory))
        {
            throw new ProcessStartException(
                $"'{start.Command[0].Replace("\0", "\\0", StringComparison.Ordinal)}' cannot be started: an argument or the directory contains a NUL character.");
        }

        foreach ((string name, string value) in start.Environment)
        {
            if (name.Length == 0 || name.Contains('=', StringComparison.Ordinal) || HasEnd(name) || HasEnd(value))
            {
                throw new ProcessStartException(
                    $"'{start.Command[0]}' cannot be started: the environment variable '{name.Replace("\0", "\\0", StringComparison.Ordinal)}' "
                    + "has an empty name, an equals sign in its name, or a NUL character.");
            }
        }

        static bool HasEnd(string text) => text.Contains('\0', StringComparison.Ordinal);
    }
}

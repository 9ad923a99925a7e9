namespace EvenKeel.Fleet.Servers;

/// <summary>The program of a kind of server: where packages put it, and which package has it.</summary>
/// <param name="Name">The program's name.</param>
/// <param name="Package">The package of Debian and Ubuntu.</param>
/// <param name="User">The user that the package makes for it.</param>
/// <param name="Folders">Folders to look in before PATH; one path segment may be <c>*</c>, of which the highest version is taken.</param>
internal sealed record ServerProgram(string Name, string Package, string User, params IReadOnlyList<string> Folders)
{
    /// <summary>Finds the program.</summary>
    /// <param name="service">The service, for the message.</param>
    /// <param name="named">The path that the file names, or null.</param>
    /// <param name="path">The value of PATH.</param>
    /// <exception cref="ServerUnavailableException">It is not there.</exception>
    public string Find(string service, string? named, string? path)
    {
        if (named is not null)
        {
            return File.Exists(named) ? named
                : throw new ServerUnavailableException($"'{service}' needs {named}, which does not exist", "correct 'program', or leave it out");
        }

        return Folders.SelectMany(Expand).Concat((path ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries))
            .Select(folder => Path.Combine(folder, Name)).FirstOrDefault(File.Exists)
            ?? throw new ServerUnavailableException(
                $"'{service}' needs {Name}, which is not installed", $"apt-get install {Package}; or name it with 'program'");
    }

    private static IEnumerable<string> Expand(string folder)
    {
        var star = folder.IndexOf('*', StringComparison.Ordinal);
        if (star < 0)
        {
            return [folder];
        }

        var parent = folder[..star];
        return !Directory.Exists(parent) ? [] : Directory.EnumerateDirectories(parent)
            .OrderByDescending(child => double.TryParse(Path.GetFileName(child), System.Globalization.CultureInfo.InvariantCulture, out var version)
                ? version : 0)
            .Select(child => child + folder[(star + 1)..]);
    }
}

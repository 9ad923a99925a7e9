using EvenKeel.Configuration.Diagnostics;

namespace EvenKeel.Configuration.Files;

/// <summary>Finds the configuration file that a path means: the file itself, or the one of its two names that a folder has.</summary>
internal static class ConfigurationFile
{
    private static readonly string[] Names = ["evenkeel.yaml", "evenkeel.yml"];

    /// <summary>The file as messages name it, or null when there is none or more than one, which is then reported.</summary>
    /// <param name="path">A file or folder.</param>
    /// <param name="diagnostics">Where faults go.</param>
    public static string? Find(string path, DiagnosticBag diagnostics)
    {
        if (!Directory.Exists(path))
        {
            if (path.Length > 0 && File.Exists(path))
            {
                return path;
            }

            var shownAs = path.Length == 0 ? Names[0] : path;
            diagnostics.Add(DiagnosticCodes.FileNotFound, shownAs, "there is no such file", "write a first one with: evenkeel init");
            return null;
        }

        var folder = path is "." or "./" ? "" : path;
        var found = Names.Select(name => Path.Combine(folder, name)).Where(File.Exists).ToList();
        switch (found.Count)
        {
            case 1:
                return found[0];
            case 0:
                diagnostics.Add(DiagnosticCodes.FileNotFound, Path.Combine(folder, Names[0]),
                    "there is no configuration file in this folder",
                    "write a first one with: evenkeel init");
                return null;
            default:
                diagnostics.Add(DiagnosticCodes.TwoFiles, found[0], $"both {Names[0]} and {Names[1]} are here",
                    "remove one of them, or name the one you mean");
                return null;
        }
    }
}

using System.Globalization;
using System.Text;

namespace EvenKeel.Proof.Recording;

/// <summary>
/// The folder of one run, <c>.evenkeel/runs/&lt;UTC&gt;-prove-&lt;seed&gt;</c>, with everything that the run leaves. Two runs never share one:
/// a name that is taken gets a number behind it. <c>.evenkeel/runs/latest</c> points to the newest.
/// </summary>
public sealed class RunFolder
{
    private RunFolder(string root, string folder)
    {
        Root = root;
        FullPath = folder;
        Name = Path.GetFileName(folder);
    }

    /// <summary>The <c>.evenkeel</c> folder.</summary>
    public string Root { get; }

    /// <summary>The folder of the run.</summary>
    public string FullPath { get; }

    /// <summary>Its name, such as <c>20261121T011249Z-prove-1</c>.</summary>
    public string Name { get; }

    /// <summary>The folder of the instances' logs.</summary>
    public string Logs => Path.Combine(FullPath, "logs");

    /// <summary>The path of a file in the folder.</summary>
    public string File(string name) => Path.Combine(FullPath, name);

    /// <summary>Creates the folder, the state folder with its <c>.gitignore</c> when missing, and points <c>latest</c> to it.</summary>
    /// <param name="stateFolder">The folder <c>.evenkeel</c>, or the one that stands for it.</param>
    /// <param name="command">The command that runs: <c>prove</c> or <c>load</c>.</param>
    /// <param name="seed">The seed of the run.</param>
    /// <param name="startedAt">When it started.</param>
    /// <exception cref="IOException">The folder cannot be created.</exception>
    public static RunFolder Create(string stateFolder, string command, ulong seed, DateTimeOffset startedAt)
    {
        ArgumentException.ThrowIfNullOrEmpty(stateFolder);
        ArgumentException.ThrowIfNullOrEmpty(command);
        var root = Path.GetFullPath(stateFolder);
        var runs = Path.Combine(root, "runs");
        Directory.CreateDirectory(runs);
        var ignore = Path.Combine(root, ".gitignore");

        // An empty one is what a full disk has left of the first attempt.
        if (!System.IO.File.Exists(ignore) || new FileInfo(ignore).Length == 0)
        {
            System.IO.File.WriteAllText(ignore, "*\n");
        }

        var name = string.Create(CultureInfo.InvariantCulture, $"{startedAt.UtcDateTime:yyyyMMdd'T'HHmmss'Z'}-{command}-{seed}");
        var folder = Claim(runs, name);
        Directory.CreateDirectory(Path.Combine(folder, "logs"));
        PointLatest(runs, Path.GetFileName(folder));
        return new RunFolder(root, folder);
    }

    /// <summary>Writes a text file into the folder.</summary>
    public Task WriteAsync(string name, string text, CancellationToken cancellationToken) =>
        System.IO.File.WriteAllTextAsync(File(name), text, new UTF8Encoding(false), cancellationToken);

    /// <summary>
    /// Creating a folder does not fail when it is there; creating a file in it does. So the run that creates <c>repro.txt</c> first owns the folder.
    /// </summary>
    private static string Claim(string runs, string name)
    {
        for (var attempt = 1; attempt < 1000; attempt++)
        {
            var folder = Path.Combine(runs, attempt == 1 ? name : string.Create(CultureInfo.InvariantCulture, $"{name}-{attempt}"));
            Directory.CreateDirectory(folder);
            var claim = Path.Combine(folder, "repro.txt");
            try
            {
                using (new FileStream(claim, FileMode.CreateNew, FileAccess.Write))
                {
                    return folder;
                }
            }
            catch (IOException) when (System.IO.File.Exists(claim))
            {
                // Another run of the same second and seed has it; the next number may be free.
            }
        }

        throw new IOException($"{runs} holds a thousand runs named {name}: remove old ones.");
    }

    private static void PointLatest(string runs, string name)
    {
        var latest = Path.Combine(runs, "latest");
        if (OperatingSystem.IsWindows())
        {
            System.IO.File.WriteAllText(latest, name + "\n");
            return;
        }

        try
        {
            System.IO.File.Delete(latest);
            System.IO.File.CreateSymbolicLink(latest, name);
        }
        catch (IOException)
        {
            // Two runs that start at once race for the link; one of them is the latest, and no run fails for it.
        }
    }
}

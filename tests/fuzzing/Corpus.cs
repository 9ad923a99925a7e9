using System.Globalization;

namespace EvenKeel.Fuzzing;

/// <summary>
/// The kept inputs of one target, below <c>tests/fuzzing/corpus</c>: <c>outcomes.txt</c> has one input of each outcome that was ever met, a line
/// each of seed, outcome and bytes, separated by tabs; a file <c>WHY-seed-N.bin</c> is an input that once failed or killed the process.
/// </summary>
/// <param name="folder">Where they are kept.</param>
/// <param name="scratch">Where the input of a run is while it is under way.</param>
/// <param name="name">The target.</param>
internal sealed class Corpus(string folder, string scratch, string name)
{
    private string OutcomesPath => Path.Combine(folder, "outcomes.txt");

    /// <summary>A file for <see cref="LastInput"/> that no other process uses.</summary>
    public string LastInputPath => Path.Combine(Directory.CreateDirectory(scratch).FullName, $"{name}.{Environment.ProcessId}");

    /// <summary>The corpus in the repository.</summary>
    public static Corpus Of(string name)
    {
        string root = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(root, "EvenKeel.slnx")))
        {
            root = Path.GetDirectoryName(root) ?? throw new InvalidOperationException("The tests have to run from the repository's artifacts.");
        }

        return new Corpus(Path.Combine(root, "tests", "fuzzing", "corpus", name), Path.Combine(root, "artifacts", "fuzzing"), name);
    }

    /// <summary>All inputs, those that once failed first.</summary>
    public IReadOnlyList<CorpusEntry> Read()
    {
        if (!Directory.Exists(folder))
        {
            return [];
        }

        var failed = Directory.EnumerateFiles(folder, "*-seed-*.bin").Order(StringComparer.Ordinal)
            .Select(file => new CorpusEntry(SeedOf(file), null, File.ReadAllBytes(file)));
        var known = File.Exists(OutcomesPath) ? File.ReadLines(OutcomesPath).Select(line => line.Split('\t')) : [];
        return
        [
            .. failed,
            .. known.Select(parts => new CorpusEntry(int.Parse(parts[0], CultureInfo.InvariantCulture), parts[1], Convert.FromHexString(parts[2]))),
        ];
    }

    /// <summary>Keeps an input for its outcome.</summary>
    public void Add(CorpusEntry entry)
    {
        Directory.CreateDirectory(folder);
        File.AppendAllText(
            OutcomesPath, string.Create(CultureInfo.InvariantCulture, $"{entry.Seed}\t{entry.Outcome}\t{Convert.ToHexString(entry.Input)}\n"));
    }

    /// <summary>Keeps an input that failed.</summary>
    /// <returns>Its file.</returns>
    public string Save(string why, int seed, ReadOnlySpan<byte> input)
    {
        string file = Path.Combine(
            Directory.CreateDirectory(folder).FullName, string.Create(CultureInfo.InvariantCulture, $"{why}-seed-{seed}.bin"));
        File.WriteAllBytes(file, input);
        return file;
    }

    /// <summary>Keeps the inputs in the midst of which earlier processes ended.</summary>
    public void AdoptInputsThatKilled()
    {
        if (!Directory.Exists(scratch))
        {
            return;
        }

        foreach (string file in Directory.EnumerateFiles(scratch, name + ".*"))
        {
            if (Directory.Exists("/proc/" + Path.GetExtension(file)[1..]))
            {
                continue;
            }

            if (LastInput.Read(file) is { } last)
            {
                Save("died", last.Seed, last.Input);
            }

            File.Delete(file);
        }
    }

    private static int SeedOf(string file)
        => int.Parse(Path.GetFileNameWithoutExtension(file).Split('-')[^1], CultureInfo.InvariantCulture);
}

using System.Runtime.InteropServices;

namespace Measure;

/// <summary>The two files of a benchmark, results.tsv for programs and results.md for people.</summary>
/// <param name="title">The heading.</param>
/// <param name="command">The command that writes it.</param>
/// <param name="version">The commit that was measured.</param>
public sealed class Report(string title, string command, string version)
{
    // Read before anything is measured: the benchmark itself is load as well.
    private readonly string _load = File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : "unknown";

    /// <summary>Writes the files.</summary>
    /// <param name="folder">Where to.</param>
    /// <param name="notes">How to read the figures, in lines.</param>
    /// <param name="table">The figures.</param>
    /// <param name="sections">Tables of results.md: a heading, and which rows it has.</param>
    /// <param name="targets">What was promised and what was measured, in lines.</param>
    public string Write(
        string folder, IEnumerable<string> notes, ResultTable table, IEnumerable<(string Heading, Func<ResultRow, bool> Include)> sections,
        IEnumerable<string> targets)
    {
        var lines = new List<string>
        {
            $"# {title}",
            "",
            $"Written by `{command}` on {TimeProvider.System.GetUtcNow():yyyy-MM-dd}, at {version}. Medians of interleaved runs, [lowest, highest].",
            $"The load average was {_load} when it began: above 0.3 the machine was shared and busy with other work. Figures of different days do not",
            "compare; the ratios of one table do.",
            "",
            $"{RuntimeInformation.FrameworkDescription}; {RuntimeInformation.OSDescription}, {Processor()}, {Environment.ProcessorCount} cores.",
        };
        lines.AddRange(notes);
        foreach (var (heading, include) in sections)
        {
            if (table.Rows.Any(include))
            {
                lines.AddRange(["", $"## {heading}", "", table.ToMarkdown(include).TrimEnd()]);
            }
        }

        var told = targets.ToList();
        if (told.Count > 0)
        {
            lines.AddRange(["", "## Targets", "", .. told.Select(line => $"- {line}")]);
        }

        Directory.CreateDirectory(folder);
        var text = string.Join('\n', lines) + "\n";
        File.WriteAllText(Path.Combine(folder, "results.md"), text);
        File.WriteAllText(Path.Combine(folder, "results.tsv"), table.ToTsv());
        return text;
    }

    private static string Processor() => !File.Exists("/proc/cpuinfo") ? RuntimeInformation.ProcessArchitecture.ToString()
        : File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim()
            ?? RuntimeInformation.ProcessArchitecture.ToString();
}

using System.Globalization;

namespace Measure;

/// <summary>What was measured, in the order in which it was first named: for each workload, subject and unit a value of each run.</summary>
public sealed class ResultTable
{
    private readonly List<ResultRow> _rows = [];
    private readonly Dictionary<(string, string, string), ResultRow> _byName = [];

    public IReadOnlyList<ResultRow> Rows => _rows;

    public void Add(string workload, string subject, string unit, double value)
    {
        if (!_byName.TryGetValue((workload, subject, unit), out var row))
        {
            _byName.Add((workload, subject, unit), row = new ResultRow(workload, subject, unit));
            _rows.Add(row);
        }

        row.Add(value);
    }

    /// <summary>The table as results.tsv has it.</summary>
    public string ToTsv() => string.Concat(_rows
        .Select(row => string.Create(
            CultureInfo.InvariantCulture,
            $"{row.Workload}\t{row.Subject}\t{row.Unit}\t{row.Median:0.00##}\t{row.Min:0.00##}\t{row.Max:0.00##}\t{row.Runs}\n"))
        .Prepend("workload\tsubject\tunit\tmedian\tmin\tmax\truns\n"));

    /// <summary>One table for people: a row for each workload and unit, a column for each subject.</summary>
    /// <param name="include">The rows that it is to have.</param>
    public string ToMarkdown(Func<ResultRow, bool> include)
    {
        var rows = _rows.Where(include).ToList();
        var subjects = rows.Select(row => row.Subject).Distinct().ToList();
        var lines = new List<string> { $"| workload | {string.Join(" | ", subjects)} |", $"|---|{string.Concat(subjects.Select(_ => "---|"))}" };
        foreach (var line in rows.GroupBy(row => (row.Workload, row.Unit)))
        {
            var cells = subjects.Select(subject => line.FirstOrDefault(row => row.Subject == subject)?.Cell ?? "-");
            lines.Add($"| {line.Key.Workload}, {line.Key.Unit} | {string.Join(" | ", cells)} |");
        }

        return string.Join('\n', lines) + "\n";
    }
}

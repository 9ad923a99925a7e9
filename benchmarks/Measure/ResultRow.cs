using System.Globalization;

namespace Measure;

/// <summary>The values of all runs of one workload, subject and unit.</summary>
public sealed class ResultRow(string workload, string subject, string unit)
{
    private readonly List<double> _values = [];

    public string Workload { get; } = workload;

    public string Subject { get; } = subject;

    public string Unit { get; } = unit;

    public int Runs => _values.Count;

    public double Min => _values[0];

    public double Max => _values[^1];

    /// <summary>The middle value; of an even number the lower one of both.</summary>
    public double Median => _values[(_values.Count - 1) / 2];

    public string Cell => string.Create(CultureInfo.InvariantCulture, $"{Median:0.0#} [{Min:0.0#}, {Max:0.0#}]");

    public void Add(double value)
    {
        var at = _values.BinarySearch(value);
        _values.Insert(at < 0 ? ~at : at, value);
    }
}

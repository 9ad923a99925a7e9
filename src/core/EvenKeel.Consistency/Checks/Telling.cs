using System.Globalization;
using EvenKeel.Consistency.Histories;

namespace EvenKeel.Consistency.Checks;

/// <summary>The wording that findings share.</summary>
internal static class Telling
{
    /// <summary>A moment: <c>3.214 s</c>.</summary>
    public static string Moment(TimeSpan at) => at.TotalSeconds.ToString("0.000", CultureInfo.InvariantCulture) + " s";

    /// <summary>A length: <c>0.4 ms</c>, <c>412 ms</c>, <c>3.21 s</c>.</summary>
    public static string Length(TimeSpan length)
    {
        var (value, format, unit) = length.TotalMilliseconds switch
        {
            >= 1000 => (length.TotalSeconds, "0.##", " s"),
            >= 10 => (length.TotalMilliseconds, "0", " ms"),
            _ => (length.TotalMilliseconds, "0.##", " ms"),
        };
        return value.ToString(format, CultureInfo.InvariantCulture) + unit;
    }

    /// <summary>A count and its noun: <c>1 read</c>, <c>2 reads</c>.</summary>
    public static string Count(int count, string noun) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {noun}{(count == 1 ? "" : "s")}");

    /// <summary>An operation: <c>add 17 (s3, web-2)</c>.</summary>
    public static string Of(Operation operation)
    {
        var kind = operation.Kind switch
        {
            OperationKind.Add => "add",
            OperationKind.List => "list",
            OperationKind.Get => "get",
            OperationKind.Remove => "remove",
            OperationKind.Request => "request",
            _ => "probe",
        };
        var who = operation.Instance is { } instance ? $"{operation.Session}, {instance}" : operation.Session;
        return string.Create(CultureInfo.InvariantCulture, $"{kind} {operation.Index} ({who})");
    }

    /// <summary>How an element became known: <c>acknowledged by add 17 (s3, web-2)</c> or <c>shown by list 20 (s1, web-1)</c>.</summary>
    public static string Known(Operation by) => (by.Kind == OperationKind.Add ? "acknowledged by " : "shown by ") + Of(by);

    /// <summary>Names in a row: <c>web-1, web-2 and web-3</c>.</summary>
    public static string Join(IReadOnlyList<string> names) => names.Count switch
    {
        0 => "nothing",
        1 => names[0],
        _ => string.Join(", ", names.Take(names.Count - 1)) + " and " + names[^1],
    };

    /// <summary>The distinct instances that answered some operations, in order.</summary>
    public static IReadOnlyList<string> Instances(params IEnumerable<Operation?> operations) =>
        [.. operations.Select(static operation => operation?.Instance).OfType<string>().Distinct()];
}
